// What the method gives comes back through its completion handle. A result beside it would come back first, before
// anything is known.
// From: MIDL: an asynchronous procedure returns when the call has started.
#pragma once

namespace rpc {
template <class T>
class Reply;  // <rpc/reply.h> has it
}  // namespace rpc

class Calculator {
 public:
  virtual ~Calculator() = default;
  virtual int  // expect: async-param-result
  sum(int a, int b, [[rpc::async]] rpc::Reply<int> done) = 0;
};
