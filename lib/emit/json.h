// A JSON value and its text: every key in the order it was added, one entry a line where that helps a reader of diffs.
//
//   Json field = Json::line({{"name", "celsius"}, {"number", 2}});
//   Json::block({{"fields", Json::list({field})}}).text()     // {\n  "fields": [\n    {"name": "celsius", …
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace farcall {

class Json {
 public:
  using Member = std::pair<std::string, Json>;

  Json(std::string_view text);
  Json(const std::string& text) : Json(std::string_view(text)) {}
  Json(const char* text) : Json(std::string_view(text)) {}
  Json(bool value) : text_(value ? "true" : "false") {}
  Json(std::int64_t value) : text_(std::to_string(value)) {}
  Json(std::uint64_t value) : text_(std::to_string(value)) {}
  Json(std::uint32_t value) : text_(std::to_string(value)) {}
  Json(int value) : text_(std::to_string(value)) {}

  static Json null();
  /// An object on one line, and one with a line for each member.
  static Json line(std::vector<Member> members);
  static Json block(std::vector<Member> members);
  /// An array on one line, and one with a line for each element.
  static Json row(std::vector<Json> elements);
  static Json list(std::vector<Json> elements);

  /// Without a line break at the end.
  [[nodiscard]] std::string text() const;

  /// The same value in few bytes: no blanks, and a line for each element that has one in text().
  [[nodiscard]] std::string compact() const;

 private:
  Json() = default;
  static Json made(char open, std::vector<Member> members, bool on_lines);
  void write(std::string& out, std::size_t depth) const;
  void write_compact(std::string& out) const;

  std::string text_;  // of a value that is neither object nor array
  char open_ = 0;     // '{', '[' or 0
  bool on_lines_ = false;
  std::vector<Member> members_;  // the keys of an array's elements are empty
};

}  // namespace farcall
