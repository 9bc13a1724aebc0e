// Nothing says how many bytes it points to, and what they mean.
// From: Farcall.
#pragma once

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void store(const void* bytes) = 0;  // expect: void-pointer
};
