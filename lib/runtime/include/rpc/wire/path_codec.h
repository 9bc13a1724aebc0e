// The codec of std::filesystem::path: a text, the generic form of the path in UTF-8. A path with a zero byte in it is
// refused at both ends: the system would stop reading it there, behind the back of whoever checked it.
//
//   at.write(std::filesystem::path("a/b"));  // 03 61 2f 62
#pragma once

#include <cstddef>
#include <filesystem>

#include <rpc/wire/codec.h>

namespace rpc {

template <>
struct Codec<std::filesystem::path> {
  static constexpr std::size_t min_size = 1;
  static std::byte* encode(Encoder& out, std::byte* to, const std::filesystem::path& value);
  static const std::byte* decode(Decoder& in, const std::byte* from, std::filesystem::path& value);
};

}  // namespace rpc
