// Records as text and as JSON.
#include "control_character.h"

#include <rpc/log.h>

#include <array>
#include <cstdio>

namespace rpc {
namespace {

using internal::is_control;

void append_escaped(std::string& to, char byte) {
  if (byte == '"' || byte == '\\') {
    to += {'\\', byte};
  } else if (is_control(byte)) {
    std::array<char, 8> code{};
    std::snprintf(code.data(), code.size(), "\\u%04x", static_cast<unsigned char>(byte));
    to += code.data();
  } else {
    to += byte;
  }
}

/// Bytes of the UTF-8 character that `text` begins with; 0: it is none.
std::size_t character_size(std::string_view text) noexcept {
  const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(0);
  const std::size_t size = first < 0x80 ? 1 : first >> 5 == 6 ? 2 : first >> 4 == 14 ? 3 : first >> 3 == 30 ? 4 : 0;
  if (size == 0 || size > text.size()) return 0;
  std::uint32_t code = size == 1 ? first : first & (0x7fU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if (byte(i) >> 6 != 2) return 0;
    code = code << 6 | (byte(i) & 63U);
  }
  constexpr std::array<std::uint32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xd800 && code < 0xe000;
  return code < least[size] || code > 0x10ffff || surrogate ? 0 : size;
}

/// Peers say what they like: what is no UTF-8 becomes U+FFFD.
void append_quoted(std::string& to, std::string_view text) {
  to += '"';
  while (!text.empty()) {
    const std::size_t size = character_size(text);
    if (size == 0) {
      to += "\xef\xbf\xbd";
    } else if (size == 1) {
      append_escaped(to, text.front());
    } else {
      to += text.substr(0, size);
    }
    text.remove_prefix(size == 0 ? 1 : size);
  }
  to += '"';
}

bool needs_quotes(std::string_view value) noexcept {
  for (const char byte : value) {
    if (is_control(byte) || byte == ' ' || byte == '"' || byte == '=' || byte == '\\') return true;
  }
  return value.empty();
}

void append_member(std::string& to, std::string_view key, std::string_view value) {
  to += to.size() == 1 ? "" : ",";
  append_quoted(to, key);
  to += ':';
  append_quoted(to, value);
}

}  // namespace

const char* to_string(Severity severity) noexcept {
  switch (severity) {
    case Severity::info: return "info";
    case Severity::warning: return "warning";
    case Severity::error: return "error";
  }
  return "?";
}

std::string_view LogRecord::field(std::string_view key) const noexcept {
  for (const LogField& each : fields) {
    if (each.key == key) return each.value;
  }
  return {};
}

std::string to_text(const LogRecord& record) {
  std::string line;
  for (const char byte : record.text) is_control(byte) ? append_escaped(line, byte) : line.push_back(byte);
  for (const auto& [key, value] : record.fields) {
    line.append(" ").append(key).append("=");
    needs_quotes(value) ? append_quoted(line, value) : static_cast<void>(line += value);
  }
  return line;
}

std::string to_json(const LogRecord& record) {
  std::string line = "{";
  append_member(line, "severity", to_string(record.severity));
  append_member(line, "text", record.text);
  for (const auto& [key, value] : record.fields) append_member(line, key, value);
  return line + "}";
}

}  // namespace rpc
