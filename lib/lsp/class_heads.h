// Classes that could become remote, found in the text alone: most headers have nothing to do with Farcall, and Clang is
// not asked about those.
//
//   if (const auto head = class_head_at(text, offset)) …   // "class Lamp {", the cursor in that line
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace farcall::lsp {

struct ClassHead {
  std::string name;
  std::uint32_t line = 0;         ///< from 1
  bool is_remote = false;         ///< its head has an attribute of namespace rpc
  bool has_methods = false;       ///< as far as parentheses tell
  bool has_pure_methods = false;  ///< `= 0;`
};

/// The class whose definition begins in the line of this place; nothing for a template, or where the name does not
/// stand in that line.
std::optional<ClassHead> class_head_at(std::string_view text, std::uint32_t offset);

}  // namespace farcall::lsp
