// Nobody receives the result of a call that has no reply.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::maybe]] virtual int ping() = 0;  // expect: maybe-result
};
