// Messages of every kind, through generated code.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace everything {

struct Entry {
  std::string text;
  std::vector<int> numbers;
};

class [[rpc::interface]] Journal {
 public:
  virtual ~Journal() = default;

  [[rpc::message]] virtual void record(const Entry& entry, std::string_view by) = 0;
  [[rpc::message, rpc::priority(7), rpc::time_to_live("1h")]] virtual void alarm(std::string text) const = 0;
  [[rpc::message, rpc::express]] virtual void note(std::string text, int times = 2) = 0;
  virtual int count() const = 0;
};

}  // namespace everything
