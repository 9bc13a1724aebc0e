// Which messages were handled, of late: what the broker gives again is known by it, also after a crash.
//
//   Handled handled(core);
//   if (handled.contains(sender, 17)) …
//   handled.note(sender, 17, [](const Error* error) { … });      // when it is on the disk
#pragma once

#include "queue/core.h"

#include <rpc/error.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

namespace rpc::amqp {

/// In memory, and in the database of a queue, which has to work as long. Used by one thread at a time.
class Handled {
 public:
  /// Of each sender. What a sender sends again when it was cut off are its last 2048 messages at most, and what is
  /// given again to a consumer that was cut off are a few hundred.
  static constexpr std::size_t most_kept = 8192;

  using Noted = std::function<void(const Error* error)>;

  /// Reads what was noted before. Throws Error (not_stored).
  explicit Handled(std::shared_ptr<queue::Core> core);

  bool contains(const std::string& sender, std::uint64_t sequence) const;

  /// What of the sender's has a lower number, and was handled, is not given again.
  std::uint64_t settled(const std::string& sender) const;

  /// From now on it is contained. `noted` is called on the queue's thread.
  void note(const std::string& sender, std::uint64_t sequence, Noted noted);

  /// The same in memory only.
  void remember(const std::string& sender, std::uint64_t sequence);

 private:
  struct Sender {
    std::set<std::uint64_t> sequences;
    std::deque<std::uint64_t> by_age;
  };

  /// Gives what is forgotten for it; 0: nothing.
  std::uint64_t add(const std::string& sender, std::uint64_t sequence);

  const std::shared_ptr<queue::Core> core_;
  std::map<std::string, Sender> senders_;
};

}  // namespace rpc::amqp
