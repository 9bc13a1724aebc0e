// error_code in the tagged encoding: a message of its value, the name of its category and its text.
#pragma once

#include <rpc/tagged/codec.h>
#include <rpc/wire/error_code_codec.h>

namespace rpc {

template <>
struct Tagged<std::error_code> {
  static void give(const void* object, tagged::Use use);
  static void take(void* object, tagged::Use use);
  static constexpr tagged::Field fields[] = {{1, "value", 0, &Tagged<int>::type},
                                             {2, "category", 1, &Tagged<std::string>::type},
                                             {3, "message", 2, &Tagged<std::string>::type}};
  static constexpr tagged::Values values{"error_code", fields};
  static constexpr tagged::Proxy type{{tagged::Kind::proxy}, tagged::Kind::record, &values, &give, &take};
};

}  // namespace rpc
