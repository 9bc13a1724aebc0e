// Nobody waits for a maybe call or for a message, so no time can run out. A class's timeout is for those of its
// methods that somebody waits for.
// From: Farcall.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::maybe, rpc::timeout("3s")]] virtual void ping() = 0;  // expect: timeout-unused
};
