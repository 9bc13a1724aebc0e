// Two methods, one name on the wire.
#pragma once

class [[rpc::interface]] Calculator {
 public:
  virtual ~Calculator() = default;
  virtual int add(int a, int b) = 0;
  virtual double add(double a, double b) = 0;  // expect: overload-without-name
};
