// One class, two names. Client and server find each other by the name, so it has to be one.
// From: Farcall.
#pragma once

class [[rpc::interface("acme.Thermostat"), rpc::name("acme.Thermo")]] Thermostat {  // expect: two-wire-names
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;
};
