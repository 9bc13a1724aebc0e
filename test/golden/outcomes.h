// std::expected, which C++23 has.
#pragma once

#include <expected>
#include <string>
#include <vector>

namespace work {

enum class Problem { missing, broken };

struct Report {
  std::vector<std::expected<std::string, Problem>> parts;
};

class [[rpc::interface]] Workshop {
 public:
  virtual ~Workshop() = default;
  virtual std::expected<Report, Problem> inspect(const std::string& machine) = 0;
  [[rpc::async]] virtual std::expected<void, std::string> repair(std::string machine) = 0;
};

}  // namespace work
