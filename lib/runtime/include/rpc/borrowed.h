// What options refer to: they are written in place and not kept, so they need no count of their own. Whoever takes them
// copies what it needs.
//
//   using QueueRef = internal::Borrowed<Queue, MessageTransport, &Queue::transport>;
#pragma once

// Behind a parameter that the new object refers to: clang warns where the object is kept for longer. g++ has no such
// attribute, and would warn of it instead.
#ifdef __clang__
#define RPC_LIFETIMEBOUND [[clang::lifetimebound]]
#else
#define RPC_LIFETIMEBOUND
#endif

namespace rpc::internal {

/// Refers to what the caller's Owner has, or to nothing.
template <class Owner, class Part, Part& (Owner::*part)() const noexcept>
class Borrowed {
 public:
  constexpr Borrowed() noexcept = default;
  Borrowed(const Owner& owner RPC_LIFETIMEBOUND) noexcept : part_(&(owner.*part)()) {}

  constexpr Part* get() const noexcept { return part_; }

 private:
  Part* part_ = nullptr;
};

}  // namespace rpc::internal
