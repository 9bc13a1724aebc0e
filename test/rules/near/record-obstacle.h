// A class with public members is a struct.
#pragma once

class Open {
 public:
  int known;
  int more() const { return known + 1; }
};
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void tell(Open open) = 0;
};
