// Completion handles among the parameters come with a later version. Farcall checks them already.
// From: MIDL's [async] on a parameter, the form that COM had before [async_uuid].
#pragma once

namespace rpc {
template <class T>
class Reply;  // <rpc/task.h> has it
}  // namespace rpc

class Calculator {
 public:
  virtual ~Calculator() = default;
  virtual void sum(int a, int b, [[rpc::async]] rpc::Reply<int> done) = 0;  // expect: async-parameter-unavailable
};
