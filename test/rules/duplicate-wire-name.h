// The name is taken, so a call could reach either.
// From: Farcall.
#pragma once

class [[rpc::interface]] Calculator {
 public:
  virtual ~Calculator() = default;
  virtual int add(int a, int b) = 0;
  [[rpc::name("add")]] virtual int sum(int a, int b) = 0;  // expect: duplicate-wire-name
};
class [[rpc::interface("Calculator")]] Abacus {  // expect: duplicate-wire-name
 public:
  virtual ~Abacus() = default;
  virtual int add(int a, int b) = 0;
};
