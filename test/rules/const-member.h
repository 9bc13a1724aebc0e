// What arrives could not be written to it.
// From: Farcall.
#pragma once

struct Reading {
  const int sensor = 1;
  const double celsius[2] = {};
};
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void record(const Reading& reading) = 0;  // expect: const-member, const-member
};
