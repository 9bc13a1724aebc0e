#include <rpc/wire/reader.h>

namespace rpc::wire {

namespace {

template <class T>
Length load(Reader at) {
  at.need(1 + sizeof(T));
  T value;
  std::memcpy(&value, at.at + 1, sizeof value);
  return {at.at + 1 + sizeof value, value};
}

}  // namespace

Length read_long_length(Reader at) {
  const std::size_t first = std::to_integer<std::size_t>(*at.at);
  switch (first) {
    case 252: return load<std::uint16_t>(at);
    case 253: return load<std::uint32_t>(at);
    case 254: return load<std::uint64_t>(at);
    case 255: fail_length(at);
    default: break;
  }
  at.need(2);
  return {at.at + 2, 240 + (first - 240) * 256 + std::to_integer<std::size_t>(at.at[1])};
}

Reader skip_alignment(Reader at, std::size_t size) {
  const std::size_t padding = -at.in->offset(at) % block_alignment;
  at.need(padding + size);
  at.at += padding;
  return at;
}

}  // namespace rpc::wire
