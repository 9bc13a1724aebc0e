// A call can always fail, and here it would end the process.
#pragma once

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double target() noexcept = 0;  // expect: noexcept-method
};
