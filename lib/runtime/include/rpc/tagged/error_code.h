// error_code in the tagged encoding: a message of its value, the name of its category and its text.
#pragma once

#include <rpc/tagged/codec.h>
#include <rpc/wire/error_code_codec.h>

namespace rpc {

template <>
struct Tagged<std::error_code> {
  static void give(const void* object, tagged::Use use);
  static void take(void* object, tagged::Use use);
  static const tagged::Values values;
  static const tagged::Proxy type;
};

}  // namespace rpc
