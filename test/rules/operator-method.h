// It has no name to be called by.
#pragma once

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double operator()(int room) = 0;  // expect: operator-method
};
