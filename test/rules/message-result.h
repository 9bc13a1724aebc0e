// A message may be handled next week: nobody waits for its result.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::message]]  // expect: message-unavailable
  virtual int record(int degrees) = 0;  // expect: message-result
};
