#include <rpc/wire/codec.h>

#include <memory>

namespace rpc::wire {

namespace {

template <class T>
Length load(Reader at) {
  at.need(1 + sizeof(T));
  at.get_byte();
  T value;
  at.get(value);
  return {at.place(), value};
}

/// Assigns a text that is longer than the one before.
void grow(std::string& value, const std::byte* text, std::size_t size) {
  const char* const begin = reinterpret_cast<const char*>(text);
  const std::size_t inline_capacity = std::string().capacity();
  if (size <= value.capacity() && value.capacity() > inline_capacity) {
    value.assign(begin, size);
    return;
  }
  // No memory worth keeping: a new string takes what it needs, where assign would also make room for further growth.
  std::destroy_at(&value);
  try {
    std::construct_at(&value, begin, size);
  } catch (...) {
    std::construct_at(&value);
    throw;
  }
}

}  // namespace

Length read_long_length(Decoder& in, const std::byte* from) {
  Reader at(in, from);
  const std::size_t first = std::to_integer<std::size_t>(*from);
  switch (first) {
    case 252: return load<std::uint16_t>(at);
    case 253: return load<std::uint32_t>(at);
    case 254: return load<std::uint64_t>(at);
    case 255: fail_length(in, from);
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

const std::byte* skip_alignment(Decoder& in, const std::byte* from, std::size_t size) {
  const std::size_t padding = -in.offset(from) % block_alignment;
  Reader(in, from).need(padding + size);
  return from + padding;
}

const std::byte* read_text(Decoder& in, const std::byte* from, std::string& value) {
  Reader at(in, from);
  const std::size_t size = at.read_count(1);
  const std::byte* text = at.get_bytes(size);
  if (size <= value.size()) {
    value.erase(size);
    std::memcpy(value.data(), text, size);
  } else {
    grow(value, text, size);
  }
  return at.place();
}

}  // namespace rpc::wire
