// A message may be handled next week: nobody waits for its result.
// From: MIDL2288: a [message] procedure returns void.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::message]]
  virtual int record(int degrees) = 0;  // expect: message-result
};
