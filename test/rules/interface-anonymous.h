// No other file can name it, and generated code is another file.
// From: C++, [namespace.unnamed]: its names have internal linkage.
#pragma once

namespace {
class [[rpc::interface]] Thermostat {  // expect: interface-anonymous
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;
};
}  // namespace
