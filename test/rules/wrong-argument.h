// A duration is a string with a unit, since a bare number does not say of what. A priority is an integer from 0 to 7,
// a name is a string.
// From: the table of attributes, docs/attributes.md; the eight priorities are those of MSMQ.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::timeout(250)]] virtual double target() = 0;  // expect: wrong-argument
};
