// Values that own what they hold are results, and a record of views may go to the server.
#pragma once

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
  virtual std::string title(const Line& after) = 0;
  virtual std::vector<int> numbers(std::vector<Line> lines) = 0;
};
