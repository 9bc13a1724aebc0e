#include "lsp/positions.h"

#include <algorithm>

namespace farcall::lsp {
namespace {

/// One character of a text: its bytes, and what it takes in UTF-16.
struct Character {
  std::uint32_t bytes = 1;
  std::uint32_t units = 1;
};

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

Character character_at(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  std::uint32_t bytes = 1;
  if (first >= 0xC2 && first <= 0xDF) bytes = 2;
  if (first >= 0xE0 && first <= 0xEF) bytes = 3;
  if (first >= 0xF0 && first <= 0xF4) bytes = 4;
  const std::string_view rest = text.substr(1, bytes - 1);
  if (rest.size() + 1 < bytes || !std::ranges::all_of(rest, is_continuation)) return {};
  return {bytes, bytes == 4 ? 2U : 1U};
}

bool is_line_end(char byte) { return byte == '\n' || byte == '\r'; }

}  // namespace

TextLines::TextLines(std::string_view text) : text_(text), starts_{0} {
  for (std::uint32_t at = 0; at < text.size(); ++at) {
    const bool is_first_of_two = text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n';
    if (is_line_end(text[at]) && !is_first_of_two) starts_.push_back(at + 1);
  }
}

Position TextLines::position_of(std::uint32_t offset) const {
  offset = std::min(offset, static_cast<std::uint32_t>(text_.size()));
  const auto next = std::ranges::upper_bound(starts_, offset);
  Position position{static_cast<std::uint32_t>(next - starts_.begin()) - 1, 0};
  for (std::uint32_t at = *(next - 1); at < offset;) {
    const Character each = character_at(text_.substr(at));
    if (at + each.bytes > offset) break;  // within a character: where it begins
    position.character += each.units;
    at += each.bytes;
  }
  return position;
}

std::uint32_t TextLines::offset_of(Position position) const {
  if (position.line >= starts_.size()) return static_cast<std::uint32_t>(text_.size());
  std::uint32_t at = starts_[position.line];
  for (std::uint32_t units = 0; at < text_.size() && !is_line_end(text_[at]);) {
    const Character each = character_at(text_.substr(at));
    units += each.units;
    if (units > position.character) break;
    at += each.bytes;
  }
  return at;
}

}  // namespace farcall::lsp
