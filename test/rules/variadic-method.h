// Nobody knows what the dots stand for.
#pragma once

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void log(int level, ...) = 0;  // expect: variadic-method
};
