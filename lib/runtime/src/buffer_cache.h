// Buffers that the current thread used before, so that a call does not allocate.
//
//   Buffer frame = internal::take_buffer();
//   …
//   internal::give_buffer(std::move(frame));   // on any thread
#pragma once

#include <rpc/wire/buffer.h>

namespace rpc::internal {

/// An empty buffer, with some capacity if possible.
Buffer take_buffer() noexcept;

/// Keeps a few buffers of ordinary size; frees the others.
void give_buffer(Buffer buffer) noexcept;

}  // namespace rpc::internal
