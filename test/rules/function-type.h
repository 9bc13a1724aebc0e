// Code cannot be sent, in whatever form.
// From: Farcall.
#pragma once

#include <functional>

struct Step {
  std::function<void()> run;
};
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void on_change(void (*call)(double)) = 0;  // expect: function-type
  virtual void run(Step step) = 0;  // expect: function-type
  virtual void apply(int Step::*member) = 0;  // expect: function-type
};
