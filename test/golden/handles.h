// Methods that answer through a completion handle, of both types, at any place among the parameters.
#pragma once

#include <rpc/reply.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace maths {

struct Matrix {
  std::vector<double> rows;
};

using Done = std::function<void(rpc::Result<std::string>)>;

class Calculator {
 public:
  virtual ~Calculator() = default;

  /// Adds them up.
  virtual void sum(std::vector<int> v, [[rpc::async]] rpc::Reply<int> done) = 0;
  virtual void name([[rpc::async]] Done done, std::string_view of, int length = 7) const = 0;
  virtual void reset([[rpc::async]] const std::function<void(const rpc::Result<void>&)>& reply) = 0;
  [[rpc::name("sum_all")]] virtual void sum(int first, [[rpc::async]] rpc::Reply<std::tuple<int, bool>>&&, int last) = 0;
  [[rpc::timeout("2s"), rpc::idempotent]] virtual void invert(std::unique_ptr<Matrix> call,
                                                              [[rpc::async]] rpc::Reply<std::unique_ptr<Matrix>> out) = 0;
  virtual int last() = 0;
};

}  // namespace maths
