// The words and signs of C++ text, without its comments, its directives and what is in its strings.
//
//   for (const CodeToken& each : code_tokens("void turn(bool on);  // turn it")) …    // void turn ( bool on ) ;
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace farcall::lsp {

struct CodeToken {
  std::string_view text;  ///< a word, a number, a string with its quotes, "::", or one sign
  std::uint32_t begin = 0;
  bool is_word = false;  ///< a name, or a keyword

  [[nodiscard]] std::uint32_t end() const { return begin + static_cast<std::uint32_t>(text.size()); }
};

/// They point into the text. A string or comment that nobody closes goes to the end.
std::vector<CodeToken> code_tokens(std::string_view text);

}  // namespace farcall::lsp
