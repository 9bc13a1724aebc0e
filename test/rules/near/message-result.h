// An async call has a result.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::async]] virtual int record(int degrees) = 0;
};
