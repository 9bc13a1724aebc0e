// The handle is what the client hands to the server to be called back, so it only goes in. Written back it would be
// somebody else's handle.
// From: MIDL2353: the async handle is an [in] parameter.
#pragma once

namespace rpc {
template <class T>
class Reply;  // <rpc/task.h> has it
}  // namespace rpc

class Calculator {
 public:
  virtual ~Calculator() = default;
  virtual void sum(int a, int b,
                   [[rpc::async]]            // expect: async-parameter-unavailable
                   rpc::Reply<int>& done) = 0;  // expect: async-param-dir
};
