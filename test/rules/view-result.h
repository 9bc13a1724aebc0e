// What the view points to is the server's, and the client has nothing that would keep a copy of it. Return the value
// that owns it.
// From: Farcall.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

struct Line {
  int number;
  std::string_view text;
};
class [[rpc::interface]] Book {
 public:
  virtual ~Book() = default;
  virtual std::string_view title() = 0;          // expect: view-result
  virtual std::span<const int> numbers() = 0;    // expect: view-result
  virtual std::vector<Line> lines() = 0;         // expect: view-result
  virtual std::span<std::string> words() = 0;    // expect: view-result
};
