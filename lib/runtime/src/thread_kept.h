// What a thread keeps to use it again, until the thread ends. Destructors of statics and of other thread_locals run
// later: they find nothing kept, and nothing is kept for them.
//
//   struct Blocks { void drop() noexcept; … };                 // trivial; drop() frees what it has
//   if (Blocks* blocks = ThreadKept<Blocks>::get()) …
#pragma once

#include <cstdint>
#include <type_traits>

namespace rpc::internal {

template <class Kept>
class ThreadKept {
 public:
  /// Null when the thread's own has been dropped already.
  static Kept* get() noexcept {
    if (slot.state == State::begun) [[likely]]
      return &slot.kept;
    return begin();
  }

 private:
  enum class State : std::uint8_t { fresh, begun, ended };

  /// Has no destructor, so that it can be asked for its state to the very end.
  struct Slot {
    Kept kept;
    State state;
  };
  static_assert(std::is_trivially_destructible_v<Slot>);

  struct End {
    ~End() {
      slot.state = State::ended;
      slot.kept.drop();
    }
  };

  [[gnu::noinline]] static Kept* begin() noexcept {
    if (slot.state == State::ended) return nullptr;
    static thread_local const End end;
    slot.state = State::begun;
    return &slot.kept;
  }

  static constinit thread_local Slot slot;
};

template <class Kept>
constinit thread_local ThreadKept<Kept>::Slot ThreadKept<Kept>::slot = {};

}  // namespace rpc::internal
