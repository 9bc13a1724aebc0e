// Nothing would ever complete the future, or call the completion handle: a maybe call has no reply.
// From: Farcall; MIDL leaves the pair undefined.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::maybe, rpc::async]] virtual void ping() = 0;  // expect: maybe-async
};
