// Bytes that move the cursor instead of being shown: of a text that a peer had a hand in, they make another one.
//
//   std::ranges::any_of(text, is_control)
#pragma once

namespace rpc::internal {

constexpr bool is_control(char byte) noexcept { return static_cast<unsigned char>(byte) < ' ' || byte == '\x7f'; }

}  // namespace rpc::internal
