// The wire knows methods by name only, and so does every other language. The halves of an asynchronous twin are called
// after that name as well.
// From: Farcall; an IDL has no overloads, and widl's twins of overloads do not compile.
#pragma once

class [[rpc::interface]] Calculator {
 public:
  virtual ~Calculator() = default;
  virtual int add(int a, int b) = 0;
  virtual double add(double a, double b) = 0;  // expect: overload-without-name
};
