// The rows of docs/failures.md, which say what each failure looks like.
//
//   EXPECT_TRUE(is_told("no connection to", [&] { probe.act(""); }));
#pragma once

#include <gtest/gtest.h>

#include <rpc/error.h>

#include <fstream>
#include <regex>
#include <string>
#include <type_traits>
#include <vector>

#include "runtime/net/running.h"

/// A row of the page: a code, and a text with "…" for what differs.
struct FailureRow {
  std::string code;
  std::string text;

  bool is_about(const rpc::Error& error) const {
    if (code != rpc::to_string(error.code())) return false;
    std::string pattern = std::regex_replace(text, std::regex(R"([.\\+*?()\[\]{}|^$])"), R"(\$&)");
    pattern = std::regex_replace(pattern, std::regex("…"), ".*");
    return std::regex_match(error.what(), std::regex(pattern));
  }
};

/// Those that have a code and a text of their own.
inline const std::vector<FailureRow>& failure_rows() {
  static const std::vector<FailureRow> rows = [] {
    std::vector<FailureRow> found;
    std::ifstream page(FARCALL_FAILURES);
    static const std::regex row(R"re(\| [^|]* \| (?:in the receipt: )?`(\w+)` \| `([^`]*)` \|.*)re");
    for (std::string line; std::getline(page, line);) {
      std::smatch match;
      if (std::regex_match(line, match, row)) found.push_back({match[1], match[2]});
    }
    return found;
  }();
  return rows;
}

/// Whether the page tells of the error, in a row that begins so.
inline testing::AssertionResult is_told(const std::string& begin, const rpc::Error& error) {
  for (const FailureRow& each : failure_rows()) {
    if (each.text.starts_with(begin) && each.is_about(error)) return testing::AssertionSuccess();
  }
  return testing::AssertionFailure() << "no row for " << rpc::to_string(error.code()) << ": " << error.what();
}

/// The same of what `call` throws.
template <class Call>
  requires std::is_invocable_v<Call>
testing::AssertionResult is_told(const std::string& begin, Call call) {
  return is_told(begin, error_of(call));
}
