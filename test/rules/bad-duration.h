// A whole number above zero and a unit: ns, us, ms, s, min or h. A timeout may also be "none". A call that has no time
// at all could never succeed.
// From: Farcall.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::timeout("soon")]] virtual double target() = 0;  // expect: bad-duration
  [[rpc::timeout("0s")]] virtual double actual() = 0;  // expect: bad-duration
  [[rpc::timeout("-5s")]] virtual double lowest() = 0;  // expect: bad-duration
};
