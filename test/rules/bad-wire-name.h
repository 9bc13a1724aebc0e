// Names on the wire are made of identifiers.
#pragma once

class [[rpc::interface("acme/Thermostat")]] Thermostat {  // expect: bad-wire-name
 public:
  virtual ~Thermostat() = default;
  [[rpc::name("")]] virtual double target() = 0;  // expect: bad-wire-name
};
