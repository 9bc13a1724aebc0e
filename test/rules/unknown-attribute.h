// Compilers skip attributes they do not know, so a misspelt one would be lost without a word, and the method would
// behave as if it had no mode. The nearest attribute is offered.
// From: C++, [dcl.attr.grammar]: an attribute that an implementation does not know is ignored.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::asinc]] virtual double target() = 0;  // expect: unknown-attribute
  [[rpc::async]] virtual double actual() = 0;
};
