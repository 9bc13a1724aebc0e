// The two identities belong together: one for the class, one for its twin. Without the first, a peer that asks for the
// twin cannot tell whose it is.
// From: MIDL: [async_uuid] needs [uuid] beside it.
#pragma once

class [[rpc::async_uuid("6ba7b811-9dad-11d1-80b4-00c04fd430c8")]] Thermostat {  // expect: auuid-no-uuid
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;
};
