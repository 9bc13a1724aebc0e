// A misspelt attribute is no attribute; the nearest one is offered.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::asinc]] virtual double target() = 0;  // expect: unknown-attribute
  [[rpc::async]] virtual double actual() = 0;
};
