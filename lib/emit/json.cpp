#include "emit/json.h"

#include <algorithm>

namespace farcall {
namespace {

/// Bytes of the UTF-8 sequence that `text` begins with; 0 if there is none.
std::size_t sequence_length(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  const std::size_t length = first < 0x80   ? 1
                             : first < 0xc2 ? 0
                             : first < 0xe0 ? 2
                             : first < 0xf0 ? 3
                             : first < 0xf5 ? 4
                                            : 0;
  if (length > text.size()) return 0;
  for (const char c : text.substr(1, length == 0 ? 0 : length - 1)) {
    if ((static_cast<unsigned char>(c) & 0xc0) != 0x80) return 0;
  }
  return length;
}

/// In quotes. Bytes that are no UTF-8, as a comment in another encoding has them, become U+FFFD.
std::string quoted(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string made = "\"";
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    const char c = text[0];
    const auto byte = static_cast<unsigned char>(c);
    if (length != 1) {
      made += length == 0 ? std::string_view("\xef\xbf\xbd") : text.substr(0, length);
    } else if (c == '"' || c == '\\') {
      made += {'\\', c};
    } else if (c == '\n') {
      made += "\\n";
    } else if (byte < 0x20) {
      made += std::string("\\u00") + digits[byte / 16] + digits[byte % 16];
    } else {
      made += c;
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return made + '"';
}

}  // namespace

Json::Json(std::string_view text) : text_(quoted(text)) {}

Json Json::null() {
  Json json;
  json.text_ = "null";
  return json;
}

Json Json::made(char open, std::vector<Member> members, bool on_lines) {
  Json json;
  json.open_ = open;
  json.on_lines_ = on_lines && !members.empty();
  json.members_ = std::move(members);
  return json;
}

Json Json::line(std::vector<Member> members) { return made('{', std::move(members), false); }
Json Json::block(std::vector<Member> members) { return made('{', std::move(members), true); }

Json Json::row(std::vector<Json> elements) {
  Json json = list(std::move(elements));
  json.on_lines_ = false;
  return json;
}

Json Json::list(std::vector<Json> elements) {
  std::vector<Member> members;
  for (Json& each : elements) members.emplace_back("", std::move(each));
  return made('[', std::move(members), true);
}

std::string Json::text() const {
  std::string out;
  write(out, 0);
  return out;
}

std::string Json::compact() const {
  std::string out;
  write_compact(out);
  return out;
}

void Json::write_compact(std::string& out) const {
  if (open_ == 0) {
    out += text_;
    return;
  }
  out += open_;
  for (const Member& member : members_) {
    if (&member != &members_.front()) out += ',';
    if (open_ == '[' && on_lines_) out += '\n';
    if (open_ == '{') out += quoted(member.first) + ":";
    member.second.write_compact(out);
  }
  out += open_ == '{' ? '}' : ']';
}

void Json::write(std::string& out, std::size_t depth) const {
  if (open_ == 0) {
    out += text_;
    return;
  }
  out += open_;
  for (const Member& member : members_) {
    if (&member != &members_.front()) out += on_lines_ ? "," : ", ";
    if (on_lines_) out += "\n" + std::string(2 * (depth + 1), ' ');
    if (open_ == '{') out += quoted(member.first) + ": ";
    member.second.write(out, depth + 1);
  }
  if (on_lines_) out += "\n" + std::string(2 * depth, ' ');
  out += open_ == '{' ? '}' : ']';
}

}  // namespace farcall
