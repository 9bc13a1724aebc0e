// The durable queue comes with a later version. Farcall checks messages as if it were there, and generates nothing for
// them: a message that is not stored would be a promise broken.
// From: Farcall: delivery is guaranteed by default, unlike MSMQ's express messages.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::message]] virtual void record(int degrees) = 0;  // expect: message-unavailable
};
