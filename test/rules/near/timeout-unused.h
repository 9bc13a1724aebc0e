// The timeout of a class is for those of its methods that somebody waits for.
#pragma once

class [[rpc::timeout("3s")]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::maybe]] virtual void ping() = 0;
  virtual double target() = 0;
};
