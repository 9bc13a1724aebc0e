// What only goes to the server has been sent when the call returns.
#pragma once

namespace rpc {
template <class T>
class Reply;  // <rpc/reply.h> has it
}  // namespace rpc

class Calculator {
 public:
  virtual ~Calculator() = default;
  virtual void divide(int a, int b, [[rpc::in]] int& rest, [[rpc::async]] rpc::Reply<int> done) = 0;
};
