// The pairs in a block of metadata.
//
//   for_each_pair(block, limits, [](std::string_view key, std::string_view value) { … return true; });
#pragma once

#include <rpc/error.h>
#include <rpc/wire/reader.h>

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace rpc::internal {

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

}  // namespace rpc::internal
