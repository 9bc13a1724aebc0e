// A body that is being read in the tagged encoding: what it may cost, and where pieces of it are put in order.
//
//   in.spend(field, count * sizeof(element));
#pragma once

#include <rpc/wire/reader.h>

#include <cstddef>
#include <memory>
#include <vector>

#include "tagged/fail.h"

namespace rpc::tagged {

class Input {
 public:
  /// Elements without values take a byte or two each, and memory all the same: no body may have more of it than this.
  explicit Input(Decoder& decoder) : decoder_(decoder), memory_(decoder.limits().max_frame + 16 * decoder.size()) {}

  Decoder& decoder() { return decoder_; }

  /// Accounts for elements that are about to be made.
  void spend(const Field& field, std::size_t count, std::size_t size) {
    if (count > memory_ / size) [[unlikely]]
      fail_memory(decoder_, field);
    memory_ -= count * size;
  }

  /// `size` bytes of the body, or of a part of it that was put in order, for as long as the call lasts: where they are,
  /// or copied to where elements of that alignment may be read.
  const std::byte* lasting(const std::byte* bytes, std::size_t size, std::size_t alignment) {
    const bool stays = decoder_.has(bytes) && reinterpret_cast<std::uintptr_t>(bytes) % alignment == 0;
    return stays || size == 0 ? bytes : wire::realign(decoder_, bytes, size, alignment);
  }

  /// Memory that lasts as long as the reading.
  std::byte* scratch(const Field& field, std::size_t size) {
    spend(field, size, 1);
    return scratch_.emplace_back(std::make_unique_for_overwrite<std::byte[]>(size)).get();
  }

 private:
  Decoder& decoder_;
  std::size_t memory_;
  std::vector<std::unique_ptr<std::byte[]>> scratch_;
};

}  // namespace rpc::tagged
