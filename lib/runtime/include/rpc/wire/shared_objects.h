// What an encoder and a decoder remember of their message beside its bytes: how deep its records are nested, and which
// shared objects it has had. The latter is made only for messages with a std::shared_ptr in them.
//
//   wire::Nesting nesting;
//   if (!nesting.enter(limits.max_nesting)) fail();
//   …
//   nesting.leave();
#pragma once

#include <cstdint>
#include <utility>

namespace rpc::wire {

/// Levels of records that can contain themselves.
class Nesting {
 public:
  /// False if there are `limit` levels already.
  bool enter(std::uint32_t limit) {
    if (now_ >= limit) return false;
    reach(++now_);
    return true;
  }
  void leave() { --now_; }

  /// Around a value whose height is asked for. `outer` is what begin_value() gave.
  std::uint32_t begin_value() { return std::exchange(deepest_, now_); }
  /// The levels that the value has below here.
  std::uint32_t end_value(std::uint32_t outer) {
    const std::uint32_t height = deepest_ - now_;
    reach(outer);
    return height;
  }

  /// A value that stands here again, without being written again. False if it would reach deeper than `limit`.
  bool refer(std::uint32_t height, std::uint32_t limit) {
    if (height > limit - now_) return false;
    reach(now_ + height);
    return true;
  }

 private:
  void reach(std::uint32_t level) { deepest_ = level > deepest_ ? level : deepest_; }

  std::uint32_t now_ = 0;
  std::uint32_t deepest_ = 0;  // since begin_value(); of no meaning outside of a value
};

struct SentObjects;
struct ReceivedObjects;
SentObjects* make(SentObjects*);
ReceivedObjects* make(ReceivedObjects*);
void destroy(SentObjects* objects) noexcept;
void destroy(ReceivedObjects* objects) noexcept;

/// A T that is made when it is needed first; a copy begins without one. T is known only where it is used.
template <class T>
class Lazy {
 public:
  Lazy() = default;
  Lazy(const Lazy&) noexcept {}
  Lazy& operator=(const Lazy&) = delete;
  ~Lazy() { reset(); }

  T& get() {
    if (value_ == nullptr) value_ = make(value_);
    return *value_;
  }

  /// Null if it was not made.
  T* peek() const { return value_; }

  void reset() noexcept {
    if (value_ != nullptr) [[unlikely]]
      destroy(std::exchange(value_, nullptr));
  }

 private:
  T* value_ = nullptr;
};

}  // namespace rpc::wire
