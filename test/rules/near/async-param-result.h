// The handle carries the result, or nothing but the news that the call is done.
#pragma once

namespace rpc {
template <class T>
class Reply;  // <rpc/reply.h> has it
}  // namespace rpc

class Calculator {
 public:
  virtual ~Calculator() = default;
  virtual void sum(int a, int b, [[rpc::async]] rpc::Reply<int> done) = 0;
  virtual void reset([[rpc::async]] rpc::Reply<void> done) = 0;
};
