// A UUID identifies one interface, and the twin is another one than its class. With the same UUID a peer would get
// either.
// From: MIDL2270: duplicate UUID.
#pragma once

class [[rpc::uuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
        rpc::async_uuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8")]] Thermostat {  // expect: duplicate-uuid
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;
};
