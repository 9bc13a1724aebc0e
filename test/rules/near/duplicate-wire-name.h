// Names may be exchanged, and each interface has its own.
#pragma once

class [[rpc::interface]] Calculator {
 public:
  virtual ~Calculator() = default;
  [[rpc::name("sum")]] virtual int add(int a, int b) = 0;
  [[rpc::name("add")]] virtual int sum(int a, int b) = 0;
};
class [[rpc::interface]] Abacus {
 public:
  virtual ~Abacus() = default;
  virtual int add(int a, int b) = 0;
};
