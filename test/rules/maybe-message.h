// Perhaps, and certainly. A maybe call may be lost, a message never is; one method cannot be both.
// From: MIDL: [message] goes together with [local], [nocode], [code] and [optimize] only.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::maybe]]
  [[rpc::message]]  // expect: maybe-message
  virtual void ping() = 0;
};
