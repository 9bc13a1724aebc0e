// Nothing would ever complete the future.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::maybe, rpc::async]] virtual void ping() = 0;  // expect: maybe-async
};
