// The value itself can.
#pragma once

struct Reading {
  double celsius;
  int sensor;
};
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void record(const Reading& reading) = 0;
};
