// rpc::name gives the name, rpc::interface none.
#pragma once

class [[rpc::interface, rpc::name("acme.Thermo")]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;
};
