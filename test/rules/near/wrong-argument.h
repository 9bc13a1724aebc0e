// Adjacent strings are one string, as everywhere in C++.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::timeout("250" "ms")]] virtual double target() = 0;
};
