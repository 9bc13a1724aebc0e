// A reference that is only read may be one to a view.
#pragma once

#include <string>
#include <string_view>

class [[rpc::interface]] Book {
 public:
  virtual ~Book() = default;
  virtual void title([[rpc::in]] std::string_view& text) = 0;
  virtual void search(const std::string_view& text, [[rpc::out]] std::string& found) = 0;
};
