// It has no name to be called by on the wire or from another language.
// From: Farcall; MIDL's procedures have names.
#pragma once

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double operator()(int room) = 0;  // expect: operator-method
};
