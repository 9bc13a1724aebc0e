// Attributes of other namespaces are none of Farcall's business.
#pragma once

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[nodiscard]] virtual double target() = 0;
  [[gnu::cold, rpc::async]] virtual double actual() = 0;
};
