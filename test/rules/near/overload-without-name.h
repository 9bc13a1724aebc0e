// One of them has a name of its own.
#pragma once

class [[rpc::interface]] Calculator {
 public:
  virtual ~Calculator() = default;
  virtual int add(int a, int b) = 0;
  [[rpc::name("add_double")]] virtual double add(double a, double b) = 0;
};
