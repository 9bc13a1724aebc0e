#include "net/leadership.h"

namespace rpc::net {

// Says that it waits and then looks; who yields does it the other way round, so one of the two sees the other.
Leadership::Word Leadership::claim_in_turn() noexcept {
  Word mine = 0;
  std::unique_lock lock(mutex_);
  claimants_.fetch_add(1);
  const std::uint32_t turn = next_turn_++;
  yielded_.wait(lock, [&] { return turn == turn_ && try_claim(mine); });
  ++turn_;
  claimants_.fetch_sub(1);
  return mine;
}

void Leadership::wake_claimants() noexcept {
  const std::lock_guard lock(mutex_);
  yielded_.notify_all();
}

}  // namespace rpc::net
