// Without a twin no identity is needed: the name is enough.
#pragma once

class [[rpc::async]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;
};
