// A message is stored, and repeated until it is delivered, whatever else is said. It returns at once, so there is
// nothing to wait for, and duplicates are removed, so there is nothing to declare idempotent.
// From: MIDL: [message] goes together with [local], [nocode], [code] and [optimize] only.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::message]]
  [[rpc::idempotent]]  // expect: message-extra
  virtual void record(int degrees) = 0;
};
