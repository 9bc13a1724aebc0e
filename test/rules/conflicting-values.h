// Two values, and no way to tell which is meant. MIDL compilers take the last one; that is a guess, and a timeout or a
// name on the wire is not to be guessed.
// From: Farcall, stricter than MIDL.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::timeout("1s"), rpc::timeout("2s")]] virtual double target() = 0;  // expect: conflicting-values
};
