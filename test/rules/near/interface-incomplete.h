// A declaration and the definition.
#pragma once

class Thermostat;
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;
};
