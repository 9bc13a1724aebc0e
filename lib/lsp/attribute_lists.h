// Attributes as they are being typed: found in the text alone, which need not be a program yet.
//
//   "[[rpc::as|"  →  at_cursor(text, offset) has the word "as" of the scope rpc
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/attributes.h"

namespace farcall::lsp {

struct AttributeWord {
  std::uint32_t begin = 0;  ///< of the name, without its scope
  std::uint32_t end = 0;    ///< behind the last letter of the name, also where the cursor is not there yet
  bool has_scope = false;   ///< `rpc::` stands before it, or `using rpc:` in its list
  bool is_ours = true;      ///< false: it has another scope
};

/// The word that the cursor touches, in a list that `[[` opened and nothing has closed.
std::optional<AttributeWord> at_cursor(std::string_view text, std::uint32_t offset);

struct Completion {
  const AttributeSpec* spec = nullptr;
  std::string text;        ///< what takes the place of the word: "rpc::async"
  std::string snippet;     ///< the same with a place to fill in: "rpc::timeout(\"${1:250ms}\")"
  bool fits_here = false;  ///< as far as the text before the list tells what the list stands on
};

struct Completions {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::vector<Completion> items;
};

/// What can stand here; nothing outside of attribute lists, and behind another scope.
Completions complete_attributes(std::string_view text, std::uint32_t offset);

}  // namespace farcall::lsp
