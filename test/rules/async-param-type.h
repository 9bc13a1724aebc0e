// Farcall has to make the handle on the server's side, and knows how to for two types: rpc::Reply<T>, and a
// std::function that returns nothing and takes an rpc::Result<T>.
// From: MIDL2354 and MIDL2355: the handle is of a type the run time knows.
#pragma once

class Calculator {
 public:
  virtual ~Calculator() = default;
  virtual void sum(int a, int b, [[rpc::async]]
                   void (*done)(int sum)) = 0;  // expect: async-param-type
};
