#include "values/text.h"

#include <array>
#include <cstdint>

namespace farcall::ctl {
namespace {

constexpr std::string_view digits64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

bool is_character(char32_t c) { return c < 0xd800 || (c > 0xdfff && c <= 0x10ffff); }

struct Decoded {
  char32_t character = 0;
  std::size_t size = 0;  ///< bytes; 0: it is none
};

Decoded first_of(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) return {lead, 1};
  const std::size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  constexpr std::array<char32_t, 5> least = {0, 0, 0x80, 0x800, 0x10000};
  if (lead < 0xc2 || lead > 0xf4 || size > text.size()) return {};
  char32_t character = lead & (0x7fU >> size);
  for (const char each : text.substr(1, size - 1)) {
    const auto byte = static_cast<unsigned char>(each);
    if ((byte & 0xc0) != 0x80) return {};
    character = character << 6 | (byte & 0x3fU);
  }
  if (character < least[size] || !is_character(character)) return {};
  return {character, size};
}

void append(std::string& text, char32_t c) {
  const auto add = [&](char32_t bits) { text += static_cast<char>(bits); };
  if (c < 0x80) return add(c);
  if (c < 0x800) return add(0xc0 | c >> 6), add(0x80 | (c & 0x3f));
  if (c < 0x10000) return add(0xe0 | c >> 12), add(0x80 | (c >> 6 & 0x3f)), add(0x80 | (c & 0x3f));
  add(0xf0 | c >> 18), add(0x80 | (c >> 12 & 0x3f)), add(0x80 | (c >> 6 & 0x3f)), add(0x80 | (c & 0x3f));
}

}  // namespace

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t size = first_of(text).size;
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

std::string to_base64(std::string_view bytes) {
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::string_view group = bytes.substr(at, 3);
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 3; ++i)
      bits = bits << 8 | (i < group.size() ? static_cast<unsigned char>(group[i]) : 0);
    for (std::size_t i = 0; i < 4; ++i) text += i > group.size() ? '=' : digits64[bits >> (18 - 6 * i) & 0x3f];
  }
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 == 0) {
    for (int i = 0; i < 2 && text.ends_with('='); ++i) text.remove_suffix(1);
  }
  if (text.size() % 4 == 1) return std::nullopt;
  std::string bytes;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : text) {
    const std::size_t digit = digits64.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> count);
    bits &= (1U << count) - 1;
  }
  if (bits != 0) return std::nullopt;
  return bytes;
}

std::u32string to_utf32(std::string_view text) {
  std::u32string made;
  while (!text.empty()) {
    const Decoded first = first_of(text);
    if (first.size == 0) break;
    made += first.character;
    text.remove_prefix(first.size);
  }
  return made;
}

std::optional<std::string> from_utf32(std::u32string_view text) {
  std::string made;
  for (const char32_t c : text) {
    if (!is_character(c)) return std::nullopt;
    append(made, c);
  }
  return made;
}

std::u16string to_utf16(std::string_view text) {
  std::u16string made;
  for (const char32_t c : to_utf32(text)) {
    if (c >= 0x10000) made += static_cast<char16_t>(0xd800 + ((c - 0x10000) >> 10));
    made += static_cast<char16_t>(c >= 0x10000 ? 0xdc00 + (c & 0x3ff) : c);
  }
  return made;
}

std::optional<std::string> from_utf16(std::u16string_view text) {
  std::string made;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char32_t c = text[i];
    const bool pair = c >= 0xd800 && c < 0xdc00 && i + 1 < text.size() && text[i + 1] >= 0xdc00 && text[i + 1] < 0xe000;
    if (pair) c = 0x10000 + ((c - 0xd800) << 10) + (text[++i] - 0xdc00U);
    if (!is_character(c)) return std::nullopt;
    append(made, c);
  }
  return made;
}

std::string printable(std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  std::string made;
  while (!text.empty()) {
    const Decoded first = first_of(text);
    const bool control = first.character < 0x20 || (first.character >= 0x7f && first.character < 0xa0);
    if (first.size == 0 || (control && first.character != '\n' && first.character != '\t')) {
      const auto byte = static_cast<unsigned char>(text.front());
      made += std::string("\\x") + hex[byte / 16] + hex[byte % 16];
      text.remove_prefix(1);
      continue;
    }
    made += text.substr(0, first.size);
    text.remove_prefix(first.size);
  }
  return made;
}

}  // namespace farcall::ctl
