// Every class has assignment, and every class may forbid it.
#pragma once

class [[rpc::interface]] Thermostat {
 public:
  Thermostat() = default;
  Thermostat(const Thermostat&) = delete;
  Thermostat& operator=(const Thermostat&) = delete;
  virtual ~Thermostat() = default;
  virtual double operator_target(int room) = 0;
};
