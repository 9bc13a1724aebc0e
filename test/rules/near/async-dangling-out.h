// With the mode on the method, the rest comes back in the future, too.
#pragma once

class Calculator {
 public:
  virtual ~Calculator() = default;
  [[rpc::async]] virtual int divide(int a, int b, int& rest) = 0;
};
