// The method's own mode: the client gets a future, which is an output that never dangles.
#pragma once

class Calculator {
 public:
  virtual ~Calculator() = default;
  [[rpc::async]] virtual int sum(int a, int b) = 0;
};
