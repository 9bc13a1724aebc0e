// Pointers that own, through which types contain themselves, and the types of the library that stand for themselves.
#pragma once

#include <bitset>
#include <deque>
#include <filesystem>
#include <memory>
#include <optional>
#include <queue>
#include <stack>
#include <string>
#include <system_error>
#include <vector>

namespace work {

/// A list, a tree and a graph in one.
struct Step {
  bool done;
  std::unique_ptr<Step> next;
  std::vector<std::unique_ptr<Step>> parts;
  std::shared_ptr<const Step> after;
  std::unique_ptr<int> limit;
  std::optional<std::string> note;
};

struct Machine {
  std::bitset<12> tools;
  std::vector<bool> slots;
  std::wstring label;
  std::filesystem::path program;
  std::error_code last;
  std::stack<int, std::vector<int>> saved;
  std::priority_queue<std::string> waiting;
};

class [[rpc::interface]] Plan {
 public:
  virtual ~Plan() = default;
  virtual std::unique_ptr<Step> start(std::unique_ptr<Step> first) = 0;
  virtual std::shared_ptr<Step> share(const std::shared_ptr<Step>& step, std::shared_ptr<Step> again) = 0;
  [[rpc::async]] virtual std::error_code store(const std::filesystem::path& path, std::queue<Machine> machines) = 0;
};

}  // namespace work
