// What is static is not part of a value.
#pragma once

struct Reading {
  static constexpr int sensor = 1;
  double celsius = 20;
  mutable int times_read = 0;
};
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void record(const Reading& reading) = 0;
};
