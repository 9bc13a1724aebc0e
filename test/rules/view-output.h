// What a view is made to point to in the server does not come back with it: the client would have nothing that keeps
// it. A parameter that is only read is marked rpc::in.
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
  virtual void title(std::string_view& text) = 0;                      // expect: view-output
  virtual void find([[rpc::out]] std::span<const double>& found) = 0;  // expect: view-output
  virtual void last([[rpc::out]] Line& line) = 0;                      // expect: view-output
};
