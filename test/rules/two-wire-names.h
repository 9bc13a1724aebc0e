// One class, two names.
#pragma once

class [[rpc::interface("acme.Thermostat"), rpc::name("acme.Thermo")]] Thermostat {  // expect: two-wire-names
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;
};
