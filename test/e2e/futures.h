// The interface of handles.h, with results: the same calls on the wire.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "sign.h"

namespace e2e {

class [[rpc::interface("e2e.Calculator"), rpc::async]] CalculatorByFutures {
 public:
  virtual ~CalculatorByFutures() = default;
  virtual int sum(std::vector<int> v) = 0;
  virtual double length(std::string_view text, std::span<const double> more) const = 0;
  virtual void reset() = 0;
  virtual std::tuple<int, int> divide(int a, int b) = 0;
  virtual std::unique_ptr<std::string> box(std::unique_ptr<std::string> value) = 0;
  virtual Sign turn(Sign sign) = 0;
};

}  // namespace e2e
