// filesystem::path in the tagged encoding: text, its generic form in UTF-8.
#pragma once

#include <rpc/tagged/codec.h>
#include <rpc/wire/path_codec.h>

namespace rpc {

template <>
struct Tagged<std::filesystem::path> {
  static std::size_t size(const void* object);
  static void copy(const void* object, std::byte* to);
  static bool assign(void* object, const std::byte* bytes, std::size_t size);
  static constexpr tagged::Blob type{{tagged::Kind::blob}, nullptr, &size, &copy, &assign};
};

}  // namespace rpc
