// The mode of a class is for methods that have none of their own, and here all have one. The attribute looks as if it
// did something, and does nothing.
// From: MIDL's [async] on an interface, which applies to all of its procedures.
#pragma once

class [[rpc::async]] Thermostat {  // expect: async-unused
 public:
  virtual ~Thermostat() = default;
  [[rpc::async]] virtual double target() = 0;
  [[rpc::maybe]] virtual void ping() = 0;
};
