// A message has no reply that could write anything back.
// From: MIDL: parameters of a [message] procedure are [in] only.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::message]]
  virtual void record(int& degrees) = 0;  // expect: message-out
};
