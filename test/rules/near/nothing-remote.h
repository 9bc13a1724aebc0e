// One attribute anywhere in a class makes it remote.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::async]] virtual double target() = 0;
};
