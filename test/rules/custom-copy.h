// Somebody found that copying the members is not copying the value.
// From: Farcall.
#pragma once

class Handle {
 public:
  Handle() = default;
  Handle(const Handle& other);

 private:
  int number = 0;
};
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void open(Handle handle) = 0;  // expect: custom-copy
};
