// A reference is written back by a reply, and a maybe call has none. The caller would go on with a value that nobody
// set.
// From: MIDL2288: parameters of a [maybe] procedure are [in] only.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::maybe]] virtual void ping(int& count) = 0;  // expect: maybe-out
  [[rpc::maybe]] virtual void pong([[rpc::out]] int& count) = 0;  // expect: maybe-out
};
