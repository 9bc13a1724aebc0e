// Copying few bytes without a call of memcpy, and texts into strings.
//
//   copy_up_to_32(at, text.data(), text.size());
#pragma once

#include <rpc/wire/writer.h>

#include <string>

namespace rpc::wire {

inline constexpr std::size_t short_copy = 32;

[[gnu::always_inline]] inline void copy_up_to_32(std::byte* to, const void* bytes, std::size_t size) {
  const char* from = static_cast<const char*>(bytes);
  if (size < 16) return copy_short(to, from, size);
  std::memcpy(to, from, 16);
  std::memcpy(to + size - 16, from + size - 16, 16);
}

/// Gives a string a text that was received; `left` is how many bytes there are from its begin to the message's end.
/// Returns the byte after it.
const std::byte* set_text(std::string& value, const std::byte* text, std::size_t size, std::size_t left);

}  // namespace rpc::wire
