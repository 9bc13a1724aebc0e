#include "values/message.h"

#include <cstring>

namespace farcall::ctl {
namespace {

/// What is left of a message.
class Cursor {
 public:
  Cursor(std::string_view rest, const Place& place) : rest_(rest), place_(place) {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }

  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 70; shift += 7) {
      const auto byte = static_cast<unsigned char>(take(1).front());
      if (shift == 63 && byte > 1) break;
      value |= std::uint64_t{byte & 0x7fU} << shift;
      if (byte < 0x80) return value;
    }
    place_.fail("a number in the message is too long");
  }

  Number number(Wire wire) {
    if (wire == Wire::varint) return {varint(), wire};
    Number made{0, wire};
    const std::string_view bytes = take(wire == Wire::fixed64 ? 8 : 4);
    std::memcpy(&made.bits, bytes.data(), bytes.size());
    return made;
  }

  std::string_view take(std::uint64_t size) {
    if (size > rest_.size()) place_.fail("the message ends too early");
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

 private:
  std::string_view rest_;
  const Place& place_;
};

bool is_known(std::uint64_t wire) { return wire <= 2 || wire == 5; }

}  // namespace

void Message::varint(std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) text_ += static_cast<char>(value | 0x80);
  text_ += static_cast<char>(value);
}

void Message::packed(const Number& value) {
  if (value.wire == Wire::varint) return varint(value.bits);
  char bytes[8];
  std::memcpy(bytes, &value.bits, sizeof bytes);
  text_.append(bytes, value.wire == Wire::fixed64 ? 8 : 4);
}

void Message::number(std::uint32_t field, const Number& value) {
  tag(field, value.wire);
  packed(value);
}

void Message::bytes(std::uint32_t field, std::string_view bytes) {
  tag(field, Wire::length);
  varint(bytes.size());
  text_ += bytes;
}

Fields fields_of(std::string_view message, const Place& place) {
  Fields fields;
  for (Cursor cursor(message, place); !cursor.at_end();) {
    const std::uint64_t tag = cursor.varint();
    const std::uint64_t field = tag >> 3;
    if (field == 0 || field > 0xffffffff || !is_known(tag & 7)) place.fail("the message has a tag that means nothing");
    const auto wire = static_cast<Wire>(tag & 7);
    Part part;
    if (wire == Wire::length) {
      part = {{0, wire}, cursor.take(cursor.varint())};
    } else {
      part = {cursor.number(wire), {}};
    }
    fields[static_cast<std::uint32_t>(field)].push_back(part);
  }
  return fields;
}

std::vector<Number> unpack(std::string_view bytes, Wire wire, const Place& place) {
  std::vector<Number> numbers;
  for (Cursor cursor(bytes, place); !cursor.at_end();) numbers.push_back(cursor.number(wire));
  return numbers;
}

}  // namespace farcall::ctl
