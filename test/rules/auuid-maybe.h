// The twin's Finish_ half waits for the call to end, and nobody ever learns when a maybe call or a message does. Move
// the method to an interface of its own.
// From: Farcall; widl accepts it, and makes a Finish_ that has nothing to report.
#pragma once

class [[rpc::uuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
        rpc::async_uuid("6ba7b811-9dad-11d1-80b4-00c04fd430c8")]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;
  [[rpc::maybe]] virtual void ping() = 0;  // expect: auuid-maybe
};
