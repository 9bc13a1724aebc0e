// A class and one of its methods may both say it: it means the same there.
#pragma once

class [[rpc::async]] Calculator {
 public:
  virtual ~Calculator() = default;
  [[rpc::async]] virtual int sum(int a, int b) = 0;
  virtual int difference(int a, int b) = 0;
};
