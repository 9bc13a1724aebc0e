#include <rpc/error.h>
#include <rpc/view_memory.h>
#include <rpc/wire/codec.h>

#include <memory>

#include "wire/copy.h"

namespace rpc {

void Decoder::forget() noexcept {
  nesting_ = {};
  shared_.reset();
  remembers_ = false;
}

namespace wire {

namespace {

template <class T>
Length load(Reader at) {
  at.need(1 + sizeof(T));
  at.get_byte();
  T value;
  at.get(value);
  return {at.place(), value};
}

/// That of a string without memory of its own.
constexpr std::size_t shortest_capacity = 15;

// The ways to give a string a text that was received. Those that call something are functions of their own, and the
// last thing that their caller does, so that the others save no registers. All return the byte after the text.

/// Into memory that the string has, but where it has none worth keeping: a new string takes what the text needs, where
/// assign would also make room for further growth.
[[gnu::noinline]] const std::byte* replace_text(std::string& value, const std::byte* text, std::size_t size) {
  const char* const begin = reinterpret_cast<const char*>(text);
  if (size <= value.capacity()) {
    value.assign(begin, size);
  } else {
    std::string(begin, size).swap(value);
  }
  return text + size;
}

/// A text of 16 to `room` bytes, which are as many as an allocator gives for less, too. Copies of fixed size spare the
/// call of memcpy, which would take longer than all the rest but the allocation.
template <std::size_t room>
void make_text(std::string& value, const std::byte* text, std::size_t size) {
  static_assert(room <= 2 * short_text);
  static constexpr char blank[room] = {};
  if (size > room) __builtin_unreachable();
  std::construct_at(&value, blank, room);
  value.erase(size);
  std::memcpy(value.data(), text, short_text);
  std::memcpy(value.data() + size - short_text, text + size - short_text, short_text);
}

/// One that needs memory, into a string that has none, so that there is nothing to destroy. What is said of the
/// arguments spares the compiler to care for other ones.
[[gnu::noinline, gnu::nonnull]] const std::byte* new_text(std::string& value, const std::byte* text, std::size_t size) {
  if (size <= shortest_capacity) __builtin_unreachable();
  try {
    if (size <= 23) {
      make_text<23>(value, text, size);
    } else if (size <= 31) {
      make_text<31>(value, text, size);
    } else {
      std::construct_at(&value, reinterpret_cast<const char*>(text), size);
    }
  } catch (...) {
    std::construct_at(&value);
    throw;
  }
  return text + size;
}

[[gnu::noinline]] const std::byte* read_long_text(Decoder& in, const std::byte* from, std::string& value) {
  Reader at(in, from);
  const std::size_t size = at.read_count(1);
  return set_text(value, at.place(), size, at.left());
}

}  // namespace

const std::byte* set_text(std::string& value, const std::byte* text, std::size_t size, std::size_t left) {
  const bool has_memory = value.capacity() > std::string().capacity();
  if (size <= value.size()) {
    if (size > short_text) return replace_text(value, text, size);
    value.erase(size);
    copy_short(reinterpret_cast<std::byte*>(value.data()), reinterpret_cast<const char*>(text), size);
    return text + size;
  }
  if (has_memory) return replace_text(value, text, size);
  if (size > shortest_capacity) return new_text(value, text, size);
  if (left < shortest_capacity) return replace_text(value, text, size);
  // A fixed size spares the call of memcpy, which would take longer than all the rest.
  std::construct_at(&value, reinterpret_cast<const char*>(text), shortest_capacity);
  value.erase(size);
  return text + size;
}

Length read_long_length(Decoder& in, const std::byte* from) {
  Reader at(in, from);
  const std::size_t first = std::to_integer<std::size_t>(*from);
  switch (first) {
    case 252: return load<std::uint16_t>(at);
    case 253: {
      at.need(sizeof(std::uint32_t));
      const std::size_t marked = at.take<std::uint32_t>();
      return {at.place(), marked >> 8};
    }
    case 254: return load<std::uint32_t>(at);
    case 255: return load<std::uint64_t>(at);
    default: break;
  }
  at.need(2);
  return {from + 2, 240 + (first - 240) * 256 + std::to_integer<std::size_t>(from[1])};
}

Length read_index(Decoder& in, const std::byte* from, std::size_t alternatives) {
  Reader(in, from).need(1);
  Length index = {from + 1, std::to_integer<std::size_t>(*from)};
  if (index.value >= 240) index = read_long_length(in, from);
  if (index.value >= alternatives) fail_index(in, from, index.value, alternatives);
  return index;
}

std::byte* view_room(Decoder& in, std::size_t size, std::size_t alignment) {
  if (in.views_ == nullptr) throw Error(Code::internal, "a view was read from a message that nothing keeps alive");
  return in.views_->room(size, alignment);
}

const std::byte* realign(Decoder& in, const std::byte* bytes, std::size_t size, std::size_t alignment) {
  std::byte* const copy = view_room(in, size, alignment);
  if (size != 0) std::memcpy(copy, bytes, size);
  return copy;
}

const std::byte* skip_alignment(Decoder& in, const std::byte* from, std::size_t size) {
  const std::size_t padding = block_padding(in.offset(from));
  Reader(in, from).need(padding + size);
  return from + padding;
}

const std::byte* read_text(Decoder& in, const std::byte* from, std::string& value) {
  Reader at(in, from);
  at.need(1);
  const std::size_t size = at.get_byte();
  if (size >= 240) [[unlikely]]
    return read_long_text(in, from, value);
  at.need(size);
  return set_text(value, at.place(), size, at.left());
}

}  // namespace wire
}  // namespace rpc
