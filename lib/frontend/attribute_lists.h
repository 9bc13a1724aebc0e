// Where the `[[…]]` lists of a file stand, found in its plain text. Clang keeps only the place of an attribute's name;
// fix-its need to know what stands around it.
//
//   attribute_lists("[[rpc::async, nodiscard]] int f();")
//       // one list 0..25 with the items "rpc::async" 2..12 and "nodiscard" 14..23
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace farcall {

/// Half-open, in bytes from the start of the text.
struct TextRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool operator==(const TextRange&) const = default;
  [[nodiscard]] bool contains(std::uint32_t offset) const { return begin <= offset && offset < end; }
};

/// One attribute with its arguments: "rpc::name("add_int")".
struct AttributeItem {
  TextRange range;
  TextRange name;  ///< without scope and arguments: "name"
  bool operator==(const AttributeItem&) const = default;
};

/// One `[[…]]`, brackets included; `using rpc:` is not part of its items.
struct AttributeList {
  TextRange range;
  std::vector<AttributeItem> items;
  bool operator==(const AttributeList&) const = default;
};

/// All lists of a text in order. Comments, strings and unterminated lists are left out.
std::vector<AttributeList> attribute_lists(std::string_view text);

/// What to delete so that item `index` is gone: with its comma, or the whole list and the blanks behind it.
TextRange removal_of(const AttributeList& list, std::size_t index, std::string_view text);

}  // namespace farcall
