// Names on the wire tell interfaces apart.
#pragma once

class [[rpc::async, rpc::name("Thermostat.v1")]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;
};
class [[rpc::async, rpc::name("Thermostat.v2")]] Thermostat2 {
 public:
  virtual ~Thermostat2() = default;
  virtual double target() = 0;
};
