// An rvalue reference is there to be moved from, and a std::function can be copied.
#pragma once

#include <functional>

namespace rpc {
template <class T>
class Reply;  // <rpc/reply.h> has it
template <class T>
class Result;  // <rpc/result.h> has it
}  // namespace rpc

class Calculator {
 public:
  virtual ~Calculator() = default;
  virtual void sum(int a, int b, [[rpc::async]] rpc::Reply<int>&& done) = 0;
  virtual void product(int a, int b, [[rpc::async]] const std::function<void(rpc::Result<int>)>& done) = 0;
};
