// The client would stay abstract.
#pragma once

class [[rpc::interface]] Thermostat {  // expect: hidden-pure-method
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;

 private:
  virtual double measure() = 0;
};
