// The server keeps its handle until it answers, which may be long after the method has returned. What a reference refers
// to is gone by then, and a handle that is const could not be moved to where it is kept.
// From: MIDL2353: the async handle is an [in] parameter.
#pragma once

namespace rpc {
template <class T>
class Reply;  // <rpc/reply.h> has it
}  // namespace rpc

class Calculator {
 public:
  virtual ~Calculator() = default;
  virtual void sum(int a, int b, [[rpc::async]]
                   rpc::Reply<int>& done) = 0;  // expect: async-param-dir
  virtual void product(int a, int b, [[rpc::async]]
                       const rpc::Reply<int>& done) = 0;  // expect: async-param-dir
};
