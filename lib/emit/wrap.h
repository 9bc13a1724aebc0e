// Line breaks for generated code: nothing formats it afterwards.
//
//   wrap({.indent = 2, .head = "at.room(", .parts = {"16", "bound(value.sensor)"}, .separator = " + ", .tail = ");"})
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace farcall {

inline constexpr std::size_t max_columns = 120;

/// `head`, the parts with separators between them, `tail`.
struct Wrapped {
  std::size_t indent = 0;  ///< of the line in the file; not part of the result
  std::string head;
  std::vector<std::string> parts;
  std::string separator = ", ";
  std::string tail;
};

/// One line if it fits. Else broken after separators, and aligned behind `head`, or 4 to the right if that is far out.
std::string wrap(const Wrapped& text);

/// "struct A : B {};", on two lines if it does not fit.
std::string derived(const std::string& head, const std::string& base);

}  // namespace farcall
