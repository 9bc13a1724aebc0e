// One argument, where one is taken; none where none is.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::async]] virtual double target() = 0;
  [[rpc::timeout("1s")]] virtual double actual() = 0;
};
