// A class that derives from an instance.
#pragma once

template <class Unit>
class Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual Unit target() = 0;
};
class [[rpc::interface]] Kitchen : public Thermostat<double> {};
