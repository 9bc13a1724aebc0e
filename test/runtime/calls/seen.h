// What a test has seen: answers, and what was logged.
//
//   Seen<int> seen;
//   call(seen.reply());
//   EXPECT_EQ(seen.only(), 7);
#pragma once

#include <rpc/error.h>
#include <rpc/log.h>
#include <rpc/reply.h>

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rpc::test {

inline std::string reported;  // since there is a LogCapture

class LogCapture {
 public:
  LogCapture() {
    reported.clear();
    set_log_handler([](const LogRecord& record) { reported += record.text; });
  }
  ~LogCapture() { set_log_handler(nullptr); }
};

template <class F>
Error thrown_by(F f) {
  try {
    f();
  } catch (const Error& error) {
    return error;
  }
  return Error(Code::failed, "nothing was thrown");
}

/// Keeps what it is called with, and how often.
template <class T>
struct Seen {
  std::vector<Result<T>> results;

  Reply<T> reply() {
    return [this](Result<T> result) { results.push_back(std::move(result)); };
  }
  const Result<T>& only() const {
    EXPECT_EQ(results.size(), 1U);
    return results.at(0);
  }
};

}  // namespace rpc::test
