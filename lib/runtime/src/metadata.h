// The pairs in a block of metadata.
//
//   append_pair(block, "tenant", "north");
//   for_each_pair(block, limits, [](std::string_view key, std::string_view value) { … return true; });
#pragma once

#include <rpc/error.h>
#include <rpc/trace.h>
#include <rpc/wire/buffer.h>
#include <rpc/wire/reader.h>
#include <rpc/wire/writer.h>

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace rpc::internal {

// The keys of W3C's trace context.
inline constexpr std::string_view traceparent = "traceparent";
inline constexpr std::string_view tracestate = "tracestate";

inline void append_pair(Buffer& block, std::string_view key, std::string_view value) {
  const Limits limits;
  Encoder out(block, limits);
  Writer at = out.begin();
  at.room(2 * max_length_size + key.size() + value.size());
  at.put_length(key.size());
  at.put_bytes(key.data(), key.size());
  at.put_length(value.size());
  at.put_bytes(value.data(), value.size());
  out.commit(at);
}

/// In their order, until `use` gives false. What cannot be read is as if the caller had not sent it.
template <class Use>
void for_each_pair(std::span<const std::byte> block, const Limits& limits, Use use) {
  const auto text = [](Reader& from) {
    const std::size_t size = from.read_count(1);
    return std::string_view(reinterpret_cast<const char*>(from.get_bytes(size)), size);
  };
  Decoder in(block.data(), block.size(), limits);
  try {
    for (Reader at = in.begin(); at.left() != 0;) {
      const std::string_view key = text(at);
      if (!use(key, text(at))) return;
    }
  } catch (const Error&) {
    return;
  }
}

/// The value of the first pair with this key.
inline std::optional<std::string_view> find_pair(std::span<const std::byte> block, const Limits& limits,
                                                 std::string_view key) {
  std::optional<std::string_view> found;
  if (block.empty()) return found;
  for_each_pair(block, limits, [&](std::string_view name, std::string_view value) {
    if (name == key) found = value;
    return !found;
  });
  return found;
}

/// The trace that a call or a message with this metadata is part of.
inline std::optional<Trace> find_trace(std::span<const std::byte> block) noexcept {
  return Trace::parse(find_pair(block, Limits(), traceparent).value_or(""));
}

}  // namespace rpc::internal
