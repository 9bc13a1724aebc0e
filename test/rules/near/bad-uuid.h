// Digits of either case are digits.
#pragma once

class [[rpc::uuid("6BA7B810-9dad-11D1-80b4-00C04FD430C8")]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;
};
