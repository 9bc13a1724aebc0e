// A protected one will do, and default arguments make one.
#pragma once

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;

 protected:
  explicit Thermostat(int room = 0);
};
