// Namespaces with names, inline ones too.
#pragma once

namespace home::inline v1 {
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;
};
}  // namespace home::inline v1
