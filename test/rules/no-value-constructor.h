// A value has to be there before it can be filled.
// From: Farcall.
#pragma once

struct Reading {
  explicit Reading(double celsius);
  double celsius;
};
class Sensor {
  Sensor();

 public:
  int number;
};
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void record(const Reading& reading) = 0;  // expect: no-value-constructor
  virtual void add(const Sensor& sensor) = 0;  // expect: no-value-constructor
};
