#include "emit/encoding.h"

#include <span>
#include <vector>

#include "emit/wrap.h"

namespace farcall {
namespace {

std::string bits_name(std::uint32_t byte) { return byte == 0 ? "bits" : "bits" + std::to_string(byte + 1); }

bool is_presence(const BitItem& item) { return item.kind == BitKind::presence || item.kind == BitKind::not_null; }

std::string bit_value(const BitItem& item) {
  if (item.kind == BitKind::presence) return item.access + ".has_value()";
  return item.kind == BitKind::not_null ? item.access + " != nullptr" : item.access;
}

std::string encode_bits(const Layout& layout, const StatementPlace& place) {
  std::string text;
  for (std::uint32_t byte = 0; byte < layout.bit_bytes; ++byte) {
    const std::string bits = bits_name(byte);
    text += place.runtime + "Bits " + bits + ";\n";
    for (const BitItem& item : layout.bits) {
      if (item.byte != byte) continue;
      const char* set = item.kind == BitKind::number ? ".set_number(" : ".set(";
      text += bits + set + std::to_string(item.shift) + ", " + bit_value(item) + ");\n";
    }
    text += "at.put(" + bits + ");\n";
  }
  return text;
}

/// A value for a bit-field, to which there are no references.
std::string fitted(const std::string& access, std::uint32_t width, const std::string& source, const std::string& place,
                   const StatementPlace& where) {
  return access + " = " + where.runtime + "fit<" + std::to_string(width) + ">(" + source + ".take<decltype(" + access +
         ")>(" + place + "));\n";
}

std::string decode_bit(const BitItem& item, const std::string& bits, const StatementPlace& place) {
  const std::string shift = std::to_string(item.shift);
  if (item.bit_field == 0) return bits + ".get(" + shift + ", " + item.access + ");\n";
  if (item.kind == BitKind::boolean) return item.access + " = " + bits + ".has(" + shift + ");\n";
  if (item.kind == BitKind::small_enum) return fitted(item.access, item.bit_field, bits, shift, place);
  return item.access + " = " + bits + ".number(" + shift + ", " + std::to_string(item.width) + ");\n";
}

std::string decode_bits(const Layout& layout, const StatementPlace& place) {
  std::string text;
  for (std::uint32_t byte = 0; byte < layout.bit_bytes; ++byte) {
    const std::string bits = bits_name(byte);
    text += place.runtime + "Bits " + bits + ";\nat.get(" + bits + ");\n";
    for (const BitItem& item : layout.bits) {
      if (item.byte != byte || is_presence(item)) continue;
      text += decode_bit(item, bits, place);
    }
  }
  return text;
}

/// `at.room(…)` for the first part of the record and the values written with put() directly behind it.
std::string room(std::uint64_t constant, std::span<const VariableItem> run, const StatementPlace& place) {
  std::vector<std::string> terms;
  for (const VariableItem& item : run) {
    constant += item.width;
    if (item.room == Room::text) terms.push_back(place.runtime + "bound(" + item.item.access + ")");
  }
  if (constant != 0) terms.insert(terms.begin(), std::to_string(constant));
  if (terms.empty()) return {};
  return wrap({.indent = place.indent, .head = "at.room(", .parts = terms, .separator = " + ", .tail = ");"}) + "\n";
}

std::string encode_one(const VariableItem& variable, const std::string& how) {
  const std::string& access = variable.item.access;
  if (variable.optional) return "if (" + access + ") at." + how + "(*" + access + ");\n";
  return "at." + how + "(" + access + ");\n";
}

/// How many of the next values have a size that can be told beforehand.
std::size_t run_length(std::span<const VariableItem> items) {
  std::size_t length = 0;
  while (length < items.size() && items[length].room != Room::own) ++length;
  return length;
}

/// The presence bit of an optional, as an expression.
std::string presence(const Layout& layout, const std::string& access) {
  for (const BitItem& item : layout.bits) {
    if (is_presence(item) && item.access == access) {
      return bits_name(item.byte) + ".has(" + std::to_string(item.shift) + ")";
    }
  }
  return "false";
}

/// Fixed items are put and got one by one; spans of fixed extent are not the elements that travel, so they say so.
std::string put_fixed(const Item& item) {
  return (span_extent(item.type) != 0 ? "at.put_view(" : "at.put(") + item.access + ");\n";
}

std::string get_fixed(const Item& item, const StatementPlace& place) {
  if (item.bit_field != 0) return fitted(item.access, item.bit_field, "at", "", place);
  const std::uint64_t extent = span_extent(item.type);
  if (extent == 0) return "at.get(" + item.access + ");\n";
  return "at.get_view(" + item.access + ", " + std::to_string(extent) + ");\n";
}

std::string without_last_break(std::string text) {
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

}  // namespace

std::string encode_statements(const Layout& layout, const StatementPlace& place) {
  std::span<const VariableItem> rest = layout.variable;
  const std::uint64_t first_part = layout.bit_bytes + layout.fixed_size;
  std::size_t run = run_length(rest);
  if (first_part == 0 && run == 1) run = 0;  // one write() asks for its own room
  std::string text = room(first_part, rest.first(run), place) + encode_bits(layout, place);
  for (const Item& item : layout.fixed) text += put_fixed(item);
  while (!rest.empty()) {
    for (const VariableItem& item : rest.first(run)) text += encode_one(item, "put");
    rest = rest.subspan(run);
    if (rest.empty()) break;
    run = run_length(rest);
    if (run < 2) {
      text += encode_one(rest.front(), "write");
      rest = rest.subspan(1);
      run = 0;
    } else {
      text += room(0, rest.first(run), place);
    }
  }
  return without_last_break(text);
}

std::string decode_statements(const Layout& layout, const StatementPlace& place) {
  std::string text;
  const std::uint64_t first_part = layout.bit_bytes + layout.fixed_size;
  if (first_part != 0) text += "at.need(" + std::to_string(first_part) + ");\n";
  text += decode_bits(layout, place);
  for (const Item& item : layout.fixed) text += get_fixed(item, place);
  for (const VariableItem& variable : layout.variable) {
    const std::string& access = variable.item.access;
    text += variable.optional ? "at.read_if(" + presence(layout, access) + ", " + access + ");\n"
                              : "at.read(" + access + ");\n";
  }
  return without_last_break(text);
}

}  // namespace farcall
