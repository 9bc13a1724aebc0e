// The lines that were logged while it exists. One at a time.
//
//   const Logged log;
//   EXPECT_TRUE(soon([&log] { return log.has("wait: RabbitMQ"); }));
#pragma once

#include <rpc/log.h>

#include <algorithm>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

class Logged {
 public:
  Logged() {
    all().clear();
    rpc::set_log_handler([](const rpc::LogRecord& record) {
      const std::lock_guard lock(mutex());
      all().emplace_back(record.text);
    });
  }
  Logged(const Logged&) = delete;
  Logged& operator=(const Logged&) = delete;
  ~Logged() { rpc::set_log_handler(nullptr); }

  std::vector<std::string> lines() const {
    const std::lock_guard lock(mutex());
    return all();
  }

  bool has(std::string_view part) const {
    const std::lock_guard lock(mutex());
    return std::ranges::any_of(all(), [part](const std::string& line) { return line.find(part) != std::string::npos; });
  }

 private:
  static std::mutex& mutex() {
    static std::mutex mutex;
    return mutex;
  }
  static std::vector<std::string>& all() {
    static std::vector<std::string> lines;
    return lines;
  }
};
