// A class and one of its methods may both say it, and a method with a handle may be in such a class: it has a mode of its
// own.
#pragma once

namespace rpc {
template <class T>
class Reply;  // <rpc/reply.h> has it
}  // namespace rpc

class [[rpc::async]] Calculator {
 public:
  virtual ~Calculator() = default;
  [[rpc::async]] virtual int sum(int a, int b) = 0;
  virtual int difference(int a, int b) = 0;
  virtual void product(int a, int b, [[rpc::async]] rpc::Reply<int> done) = 0;
};
