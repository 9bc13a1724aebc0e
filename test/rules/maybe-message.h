// Perhaps, and certainly.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::maybe]]
  [[rpc::message]]  // expect: maybe-message, message-unavailable
  virtual void ping() = 0;
};
