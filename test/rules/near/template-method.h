// Overloads with names of their own.
#pragma once

class [[rpc::interface]] Thermostat {
 public:
  double target();
  [[rpc::name("set_int")]] void set(int degrees);
  [[rpc::name("set_double")]] void set(double degrees);
};
