// No other file can name it.
#pragma once

namespace {
class [[rpc::interface]] Thermostat {  // expect: interface-anonymous
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;
};
}  // namespace
