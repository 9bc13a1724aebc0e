// Said twice, meant once.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::async]] [[rpc::async]] virtual double target() = 0;  // expect: duplicate-attribute
};
