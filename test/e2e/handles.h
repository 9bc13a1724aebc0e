// An interface that answers through handles. CalculatorByFutures in futures.h is the same one, seen by another user.
#pragma once

#include <rpc/reply.h>

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "sign.h"

namespace e2e {

class [[rpc::interface("e2e.Calculator")]] Calculator {
 public:
  virtual ~Calculator() = default;
  virtual void sum(std::vector<int> v, [[rpc::async]] rpc::Reply<int> done) = 0;
  virtual void length([[rpc::async]] std::function<void(rpc::Result<double>)> done, std::string_view text,
                      std::span<const double> more) const = 0;
  virtual void reset([[rpc::async]] const std::function<void(const rpc::Result<void>&)>& done) = 0;
  virtual void divide(int a, [[rpc::async]] rpc::Reply<std::tuple<int, int>> done, int b) = 0;
  virtual void box(std::unique_ptr<std::string> value,
                   [[rpc::async]] rpc::Reply<std::unique_ptr<std::string>>&& done) noexcept = 0;
  virtual void turn(Sign sign, [[rpc::async]] rpc::Reply<Sign> done) = 0;
};

}  // namespace e2e
