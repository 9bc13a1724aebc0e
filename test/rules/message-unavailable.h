// The durable queue comes with a later version.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::message]] virtual void record(int degrees) = 0;  // expect: message-unavailable
};
