// Asynchronous twins come with a later version.
#pragma once

class [[rpc::async_uuid("6ba7b811-9dad-11d1-80b4-00c04fd430c8")]] Thermostat {  // expect: async-uuid-unavailable
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;
};
