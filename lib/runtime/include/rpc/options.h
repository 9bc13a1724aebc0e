// How a call is made: deadline, cancellation, metadata, trace, priority. Options refer to what the caller has; a client
// or with() copies what it needs, so they are written in place and not kept:
//
//   thermostat.with({.deadline = 250ms, .metadata = {{"tenant", "north"}}}).target();
#pragma once

#include <rpc/borrowed.h>
#include <rpc/duration.h>
#include <rpc/trace.h>

#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace rpc {

/// For CallOptions::deadline: wait as long as it takes.
inline constexpr std::chrono::nanoseconds no_deadline = std::chrono::nanoseconds::max();

/// What a call waits when neither its options nor its method say.
inline constexpr std::chrono::nanoseconds default_deadline = std::chrono::seconds(10);

/// True for std::stop_token once <rpc/stop.h> is included.
template <class Token>
inline constexpr bool is_stop_token = false;

/// Refers to the caller's std::stop_token, or to none.
class StopRef {
 public:
  constexpr StopRef() noexcept = default;

  template <class Token>
  constexpr StopRef(const Token& token RPC_LIFETIMEBOUND) noexcept : token_(&token) {
    static_assert(is_stop_token<Token>,
                  "CallOptions::stop_token takes a std::stop_token: #include <rpc/stop.h> where you pass one");
  }

  constexpr const void* get() const noexcept { return token_; }

 private:
  const void* token_ = nullptr;
};

/// One pair of metadata. Keys are compared byte by byte.
struct MetadataEntry {
  std::string_view key;
  std::string_view value;
};

/// Refers to the caller's pairs of metadata: up to four in braces, or any number in a contiguous container.
/// No std::initializer_list, since g++ 12 cannot have one inside a co_await expression.
class MetadataRef {
 public:
  constexpr MetadataRef() noexcept = default;

  constexpr MetadataRef(MetadataEntry first, MetadataEntry second = {}, MetadataEntry third = {},
                        MetadataEntry fourth = {}) noexcept
      : few_{first, second, third, fourth} {
    while (count_ < max_few && few_[count_].key.data() != nullptr) ++count_;
  }

  template <class Container>
    requires std::is_convertible_v<decltype(std::declval<const Container&>().data()), const MetadataEntry*>
  constexpr MetadataRef(const Container& entries RPC_LIFETIMEBOUND) noexcept
      : many_(entries.data()), count_(entries.size()) {}

  constexpr const MetadataEntry* begin() const noexcept { return many_ != nullptr ? many_ : few_; }
  constexpr const MetadataEntry* end() const noexcept { return begin() + count_; }
  constexpr std::size_t size() const noexcept { return count_; }

 private:
  static constexpr std::size_t max_few = 4;

  MetadataEntry few_[max_few]{};
  const MetadataEntry* many_ = nullptr;
  std::size_t count_ = 0;
};

/// Members left out keep what the client had, or the default.
struct CallOptions {
  /// From the call to its reply. 0: what the method's rpc::timeout says, else default_deadline. A call that a handler
  /// makes while this_call() is there ends with that call at the latest, whatever stands here, unless it is
  /// independent.
  std::chrono::nanoseconds deadline{0};

  /// When it is stopped, the call ends at once with Code::cancelled and the server is asked to stop.
  StopRef stop_token{};

  /// Sent along; the handler reads it with this_call().metadata(key).
  MetadataRef metadata{};

  /// The call is one of this trace. Without it a call that a handler makes while this_call() is there is one of the
  /// trace of the call being served, if that has one.
  std::optional<Trace> trace{};

  /// Higher goes first where calls queue up. Messages use 0 to 7, and what is beyond counts as that; 0 is what their
  /// method's rpc::priority says.
  int priority = 0;

  /// In a handler: the call may take longer than the one being served, like work that goes on after the reply.
  bool independent = false;

  /// false: calls behind this one need not wait until its handler has begun. The server begins it on a thread of its
  /// own, which costs a change of threads and lets handlers that compute run side by side from the first instant.
  bool ordered = true;
};

// g++ 12 destroys a braced aggregate twice when it is written inside a co_await expression; these survive that.
static_assert(std::is_trivially_destructible_v<CallOptions>);

}  // namespace rpc
