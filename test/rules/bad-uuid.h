// Too short for a UUID.
#pragma once

class [[rpc::uuid("6ba7b810")]] Thermostat {  // expect: bad-uuid, async-uuid-unavailable
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;
};
