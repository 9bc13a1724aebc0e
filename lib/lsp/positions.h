// Places as the language server protocol has them: lines from 0, and in a line UTF-16 units from 0. Everything else in
// Farcall counts bytes.
//
//   const TextLines lines(text);
//   const Range range = {lines.position_of(where.begin), lines.position_of(where.end)};
#pragma once

#include <compare>
#include <cstdint>
#include <string_view>
#include <vector>

namespace farcall::lsp {

struct Position {
  std::uint32_t line = 0;
  std::uint32_t character = 0;  ///< UTF-16 units before it
  auto operator<=>(const Position&) const = default;
};

/// Half open.
struct Range {
  Position begin;
  Position end;
  bool operator==(const Range&) const = default;
};

/// Whether they share a place. Ranges that only touch do: a cursor behind a word is at that word.
inline bool meet(const Range& one, const Range& other) { return one.begin <= other.end && other.begin <= one.end; }

/// The lines of one text, which outlives this. A line ends with "\n", "\r\n" or "\r".
class TextLines {
 public:
  explicit TextLines(std::string_view text);

  /// Of a byte; that of the end for one behind it. A byte that is no UTF-8 counts as one unit, as what editors show for
  /// it does.
  [[nodiscard]] Position position_of(std::uint32_t offset) const;

  /// Of a place; of the end of its line, or of the text, for one behind it.
  [[nodiscard]] std::uint32_t offset_of(Position position) const;

  [[nodiscard]] Range range_of(std::uint32_t begin, std::uint32_t end) const {
    return {position_of(begin), position_of(end)};
  }

 private:
  std::string_view text_;
  std::vector<std::uint32_t> starts_;
};

}  // namespace farcall::lsp
