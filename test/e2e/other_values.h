// The interface e2e.spelling once more, with other types for the same bytes.
#pragma once

#include <array>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace other {

class [[rpc::interface("e2e.spelling"), rpc::async]] Owners {
 public:
  virtual ~Owners() = default;
  virtual std::string text(const std::string& text, std::string_view more) = 0;
  virtual std::u16string wide(std::u16string text) = 0;
  virtual std::deque<double> numbers(std::vector<double> values, const std::array<double, 2>& both) = 0;
};

}  // namespace other
