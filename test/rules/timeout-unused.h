// Nobody waits for a maybe call.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::maybe, rpc::timeout("3s")]] virtual void ping() = 0;  // expect: timeout-unused
};
