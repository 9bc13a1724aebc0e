// What to use until then.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::async]] virtual void record(int degrees) = 0;
};
