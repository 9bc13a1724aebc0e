// The parts of an interface's name are joined by dots or colons.
#pragma once

class [[rpc::interface("acme.v2::Thermostat")]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::name("target_2")]] virtual double target() = 0;
};
