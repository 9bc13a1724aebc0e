// Which of the two encodings a body is in.
//
//   rpc::Encoder out(buffer, limits, rpc::Encoding::tagged);
#pragma once

#include <cstdint>

namespace rpc {

enum class Encoding : std::uint8_t {
  exact,   ///< the fastest: both ends have the same types
  tagged,  ///< protobuf's wire format: the ends may have different versions of the interface
};

}  // namespace rpc
