// One call ends once, so there is one handle. With rpc::async on the method as well, the call would end in two places:
// in the future and in the handle.
// From: MIDL: one async handle for one call.
#pragma once

namespace rpc {
template <class T>
class Reply;  // <rpc/reply.h> has it
}  // namespace rpc

class Calculator {
 public:
  virtual ~Calculator() = default;
  [[rpc::async]] virtual void sum(int a, int b,
                                  [[rpc::async]]  // expect: async-twice
                                  rpc::Reply<int> done) = 0;
  virtual void difference(int a, int b, [[rpc::async]] rpc::Reply<int> done,
                          [[rpc::async]] rpc::Reply<int> also) = 0;  // expect: async-twice
};
