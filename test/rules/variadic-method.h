// Nobody knows what the dots stand for: neither how many arguments, nor of what types.
// From: Farcall; MIDL's grammar has no ellipsis.
#pragma once

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void log(int level, ...) = 0;  // expect: variadic-method
};
