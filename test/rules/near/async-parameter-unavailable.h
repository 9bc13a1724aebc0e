// What to use until then.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::async]] virtual int sum(int a) = 0;
};
