// Such a value may change between two looks at it.
// From: Farcall.
#pragma once

struct Port {
  volatile int value;
};
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void write(Port port) = 0;  // expect: volatile-type
};
