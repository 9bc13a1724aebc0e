// A message is repeated until it is delivered, whatever else is said.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::message]]  // expect: message-unavailable
  [[rpc::idempotent]]  // expect: message-extra
  virtual void record(int degrees) = 0;
};
