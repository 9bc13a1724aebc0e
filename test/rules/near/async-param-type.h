// Both types, through aliases, and first among the parameters.
#pragma once

#include <functional>

namespace rpc {
template <class T>
class Reply;  // <rpc/reply.h> has it
template <class T>
class Result;  // <rpc/result.h> has it
}  // namespace rpc

using Done = rpc::Reply<int>;
using Callback = std::function<void(const rpc::Result<int>&)>;

class Calculator {
 public:
  virtual ~Calculator() = default;
  virtual void sum([[rpc::async]] Done done, int a, int b) = 0;
  virtual void product([[rpc::async]] Callback done, int a, int b) = 0;
};
