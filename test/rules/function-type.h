// Code cannot be sent, in whatever form. Only the handle that a call's result comes back through can be called: mark it
// rpc::async.
// From: Farcall.
#pragma once

#include <functional>

namespace rpc {
template <class T>
class Reply;  // <rpc/reply.h> has it
}  // namespace rpc

struct Step {
  std::function<void()> run;
};
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void on_change(void (*call)(double)) = 0;  // expect: function-type
  virtual void run(Step step) = 0;  // expect: function-type
  virtual void sum(int a, int b, rpc::Reply<int> done) = 0;  // expect: function-type
  virtual void apply(int Step::*member) = 0;  // expect: function-type
};
