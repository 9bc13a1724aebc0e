// Nothing can be given to it when the struct arrives.
// From: Farcall.
#pragma once

struct Reading {
  double celsius;
  int& sensor;
};
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void record(const Reading& reading) = 0;  // expect: reference-member
};
