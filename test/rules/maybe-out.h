// A reference is written back by a reply, and there is none.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::maybe]] virtual void ping(int& count) = 0;  // expect: maybe-out
  [[rpc::maybe]] virtual void pong([[rpc::out]] int& count) = 0;  // expect: maybe-out
};
