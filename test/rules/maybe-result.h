// A maybe call has no reply, so nobody ever receives its result.
// From: MIDL2288; DCE's compiler says the same of [maybe] operations.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::maybe]] virtual int ping() = 0;  // expect: maybe-result
};
