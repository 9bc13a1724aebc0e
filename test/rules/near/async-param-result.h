// With the mode on the method, the future carries the result.
#pragma once

class Calculator {
 public:
  virtual ~Calculator() = default;
  [[rpc::async]] virtual int sum(int a, int b) = 0;
};
