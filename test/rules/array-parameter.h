// The language passes a pointer to the first element instead.
// From: Farcall.
#pragma once

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void set(double degrees[3]) = 0;  // expect: array-parameter
  virtual void name(const char text[]) = 0;  // expect: array-parameter
  virtual void all(const int (&rooms)[4]) = 0;  // expect: array-parameter
};
