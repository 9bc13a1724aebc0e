// Without an attribute of Farcall there is nothing to generate.  // expect: nothing-remote
// The header may be the wrong one, or the attribute may be hidden by an #if.
// From: Farcall: a run that does nothing should not look like one that worked.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;
};
