// The attribute says nothing without its argument: a name without the name, a timeout without the time.
// From: the table of attributes, docs/attributes.md.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::name]] virtual double target() = 0;  // expect: missing-argument
};
