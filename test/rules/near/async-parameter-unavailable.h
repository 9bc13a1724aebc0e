// What to use until then.
#pragma once

class Calculator {
 public:
  virtual ~Calculator() = default;
  [[rpc::async]] virtual int sum(int a, int b) = 0;
};
