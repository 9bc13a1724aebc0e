// Names on the wire are made of identifiers, so that other languages can use them, too. An interface's name may have
// parts, joined by '.' or '::'.
// From: Farcall; protobuf has the same rule for its packages.
#pragma once

class [[rpc::interface("acme/Thermostat")]] Thermostat {  // expect: bad-wire-name
 public:
  virtual ~Thermostat() = default;
  [[rpc::name("")]] virtual double target() = 0;  // expect: bad-wire-name
};
