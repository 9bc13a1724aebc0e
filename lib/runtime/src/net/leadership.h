// Who may handle what came to a loop: a lock, but one that can be taken from its holder while that is in user code.
//
//   leadership.claim();                        // waits while somebody else leads
//   leadership.enter();
//   call_user_code();
//   if (!leadership.leave()) return;           // it was taken meanwhile
//   leadership.yield();
//
// The word counts up with every change of what its two lowest bits say, and the leader knows it: so the leadership can
// be taken only from that leader, in that piece of user code.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace rpc::net {

/// A leader passes its word to each call.
class Leadership {
 public:
  using Word = std::uint64_t;

  /// Waits until nobody leads, then leads; those who wait come first. The word of the new leader.
  Word claim() noexcept {
    Word mine = 0;
    return !wanted() && try_claim(mine) ? mine : claim_in_turn();
  }

  void yield(Word mine) noexcept { release(next(mine)); }

  /// Around user code. leave() is false if the leadership was taken; it may be called again after true.
  void enter(Word& mine) noexcept {
    mine = next(mine) | in_user_code;
    word_.store(mine, std::memory_order_release);
  }
  [[nodiscard]] bool leave(Word& mine) noexcept {
    if ((mine & in_user_code) == 0) return true;
    Word expected = mine;
    mine &= ~in_user_code;
    return word_.compare_exchange_strong(expected, mine, std::memory_order_acq_rel);
  }

  /// Takes it from the leader with the word `theirs` if that is in user code still. Nobody leads before release().
  bool take(Word& theirs) noexcept {
    const Word taken = next(theirs);
    if (!word_.compare_exchange_strong(theirs, taken, std::memory_order_acq_rel)) return false;
    theirs = taken;
    return true;
  }
  void release(Word word) noexcept {
    word_.store(word | vacant);  // sequentially consistent, as what follows
    if (claimants_.load() != 0) wake_claimants();
  }

  /// Whether somebody waits in claim().
  bool wanted() const noexcept { return claimants_.load(std::memory_order_relaxed) != 0; }

  bool held_with(Word mine) const noexcept { return word_.load(std::memory_order_relaxed) == mine; }

  /// For who watches from outside.
  Word word() const noexcept { return word_.load(); }
  static bool vacant_in(Word word) noexcept { return (word & vacant) != 0; }
  static bool user_code_in(Word word) noexcept { return (word & in_user_code) != 0; }

 private:
  static constexpr Word in_user_code = 1;
  static constexpr Word vacant = 2;

  static constexpr Word next(Word word) noexcept { return (word | in_user_code | vacant) + 1; }

  bool try_claim(Word& mine) noexcept {
    Word word = word_.load();
    while ((word & vacant) != 0) {
      mine = next(word);
      if (word_.compare_exchange_weak(word, mine)) return true;
    }
    return false;
  }
  Word claim_in_turn() noexcept;
  void wake_claimants() noexcept;

  std::atomic<Word> word_{vacant};
  std::atomic<int> claimants_{0};
  std::mutex mutex_;  // for what follows
  std::condition_variable yielded_;
  std::uint32_t next_turn_ = 0;
  std::uint32_t turn_ = 0;
};

}  // namespace rpc::net
