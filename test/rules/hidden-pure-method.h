// The client overrides the public methods. With a pure one left over, it would stay abstract, and nobody could make
// one.
// From: C++, [class.abstract].
#pragma once

class [[rpc::interface]] Thermostat {  // expect: hidden-pure-method
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;

 private:
  virtual double measure() = 0;
};
