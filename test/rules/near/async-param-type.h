// The mode of the method needs no handle, of whatever type.
#pragma once

class Calculator {
 public:
  virtual ~Calculator() = default;
  [[rpc::async]] virtual int sum(int a, int b) = 0;
};
