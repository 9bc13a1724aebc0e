// The method returns before the call has ended, so the memory behind the reference may be gone when the reply comes.
// Let the handle carry the value: rpc::Reply<std::tuple<int, int>> carries two.
// From: Microsoft RPC documents this as a trap: memory of [out] parameters must live until the call completes.
#pragma once

namespace rpc {
template <class T>
class Reply;  // <rpc/reply.h> has it
}  // namespace rpc

class Calculator {
 public:
  virtual ~Calculator() = default;
  virtual void divide(int a, int b,
                      int& rest,  // expect: async-dangling-out
                      [[rpc::async]] rpc::Reply<int> done) = 0;
};
