// Whether a caller that waits for a reply looks for it before it sleeps: a hit makes that usual, misses in a row make
// it rare.
//
//   if (habit.wanted()) habit.note(look_for(time));
#pragma once

#include <cstdint>

namespace rpc::net {

/// Used by one thread at a time: the connection's reader.
class SpinHabit {
 public:
  /// So many misses in a row are taken before it is rare, and then it is tried once in so many waits.
  static constexpr std::uint32_t patience = 16;

  /// To be asked once for each wait.
  bool wanted() noexcept { return misses_ < patience || ++skipped_ % patience == 0; }

  void note(bool hit) noexcept { misses_ = hit ? 0 : misses_ + 1; }

 private:
  std::uint32_t misses_ = 0;
  std::uint32_t skipped_ = 0;
};

}  // namespace rpc::net
