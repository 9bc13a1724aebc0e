// A copy of it does not.
#pragma once

struct Port {
  int value;
};
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void write(Port port) = 0;
};
