// Asynchronous twins come with a later version. Farcall checks them already, so that a header is right when they come.
// From: MIDL's [async_uuid].
#pragma once

class [[rpc::uuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"),        // expect: async-uuid-unavailable
        rpc::async_uuid("6ba7b811-9dad-11d1-80b4-00c04fd430c8")]] Thermostat {  // expect: async-uuid-unavailable
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;
};
