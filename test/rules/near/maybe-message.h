// Each method of a class may have its own mode.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::maybe]] virtual void ping() = 0;
  [[rpc::async]] virtual void record() = 0;
};
