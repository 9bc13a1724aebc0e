// The types of its arguments are known only where it is called.
#pragma once

class [[rpc::interface]] Thermostat {
 public:
  double target();
  template <class Unit>
  void set(Unit degrees);  // expect: template-method
};
