// What the bytes of a message come to, by which it is noticed that the disk has changed them.
//
//   insert.bind(checksum(stored));
//   stored.is_corrupted = checksum(stored) != row.integer(11);
#pragma once

#include "queue/stored.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace rpc::queue {

/// Of everything that a handler gets. A change of up to eight bytes in a row is always noticed.
inline std::int64_t checksum(const Stored& stored) noexcept {
  std::uint64_t sum = 0;
  const auto take = [&sum](std::uint64_t word) { sum = std::rotl(sum ^ word, 29) * 0x9e3779b97f4a7c15; };
  const auto add = [&](std::span<const std::byte> bytes) {
    take(bytes.size());
    while (!bytes.empty()) {
      const std::size_t size = bytes.size() < sizeof(std::uint64_t) ? bytes.size() : sizeof(std::uint64_t);
      std::uint64_t word = 0;
      std::memcpy(&word, bytes.data(), size);
      take(word);
      bytes = bytes.subspan(size);
    }
  };
  add(std::as_bytes(std::span(stored.interface)));
  add(std::as_bytes(std::span(stored.method)));
  add(stored.metadata);
  add(stored.body);
  return static_cast<std::int64_t>(sum);
}

/// Why such a message is neither sent nor handled.
inline constexpr const char* corrupted = "the message is corrupted: its bytes are not those that were stored";

}  // namespace rpc::queue
