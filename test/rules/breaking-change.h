// The frozen contract beside the header, breaking-change.rpc.json, says what programs of earlier versions rely on: here
// that a level is an int. Clients that are not built anew would send levels that a server could not take. farcall compat
// lists what changed since any earlier version, and --accept-breaking makes the change all the same and records it.
// From: this project, as protocol numbers and types outlive the programs that were built from a header.
#pragma once

class [[rpc::interface]] Lamp {
 public:
  virtual ~Lamp() = default;
  virtual void dim(short level) = 0;  // expect: breaking-change
};
