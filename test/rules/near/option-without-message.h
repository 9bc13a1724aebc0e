// A timeout is an option of any call somebody waits for.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::timeout("3s")]] virtual void record(int degrees) = 0;
};
