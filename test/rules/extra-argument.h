// Attributes take one argument at most, and some take none. What else stands there has been meant for something, and
// would be ignored.
// From: the table of attributes, docs/attributes.md.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::async("later")]] virtual double target() = 0;  // expect: extra-argument
  [[rpc::timeout("1s", "2s")]] virtual double actual() = 0;  // expect: extra-argument
};
