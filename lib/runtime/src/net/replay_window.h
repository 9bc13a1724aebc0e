// Which of a session's datagrams have arrived, so that none is taken twice.
//
//   ReplayWindow seen;
//   if (!seen.admit(datagram.sequence)) ignore(datagram);
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace rpc::net {

/// Remembers at least the last 4032 numbers up to the highest; what is older counts as seen.
class ReplayWindow {
 public:
  /// Whether the number is new, which it then is no longer.
  bool admit(std::uint64_t number) noexcept {
    const std::uint64_t block = number / 64;
    if (number > highest_) {
      const std::uint64_t newest = highest_ / 64;
      const std::uint64_t passed = std::min<std::uint64_t>(block - newest, blocks);
      for (std::uint64_t i = 0; i < passed; ++i) seen_[(block - i) % blocks] = 0;
      highest_ = number;
    } else if (highest_ / 64 - block >= blocks) {
      return false;
    }
    std::uint64_t& seen = seen_[block % blocks];
    const std::uint64_t bit = std::uint64_t{1} << number % 64;
    const bool fresh = (seen & bit) == 0;
    seen |= bit;
    return fresh;
  }

 private:
  static constexpr std::size_t blocks = 64;

  std::array<std::uint64_t, blocks> seen_{};  // bit n of block n / 64, the blocks in a ring
  std::uint64_t highest_ = 0;
};

}  // namespace rpc::net
