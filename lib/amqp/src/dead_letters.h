// What a broker has put aside, as farcallctl queue shows and changes it.
//
//   DeadLetters letters(address);
//   letters.retry({.ids = {"5f0c…/1#17"}});
#pragma once

#include "address.h"
#include "link.h"

#include <rpc/queue_control.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace rpc::amqp {

/// Used by one thread. What it looks at it takes, and gives back all at once: no queue of a broker can be read in
/// another way.
class DeadLetters final : public QueueControl {
 public:
  explicit DeadLetters(Address address) : address_(std::move(address)) {}

  QueueState state() override { return {.folder = address_.text}; }
  QueuePage list(QueueFilter filter, std::string after, std::uint32_t limit) override;
  QueueTally tally(std::string after) override;
  QueueContents peek(std::string id) override;
  QueueChange retry(QueueSelection what) override;
  QueueChange purge(QueueSelection what) override;
  QueueChange move(QueueSelection what, std::string url) override;

 private:
  /// One that was taken, and what it is. Of no sender of Farcall's: its message has no method.
  struct Letter {
    Taken taken;
    QueuedMessage message;
  };

  using Can = std::function<bool(const QueuedMessage& message)>;

  /// What is done with some of them, in place of giving them back.
  using Use = std::function<void(Link& link, const std::vector<Letter>& letters)>;

  void begin();
  std::optional<Letter> next();
  std::vector<Letter> named(const std::vector<std::string>& ids);
  QueueChange change(const QueueSelection& what, const Can& can, const Use& use);

  const Address address_;
  std::unique_ptr<Link> link_;
  std::uint64_t seen_ = 0;
  std::uint64_t left_ = 0;  // what comes back meanwhile is not looked at again
  std::uint64_t published_ = 0;
};

/// The queues of interfaces that there are. Throws Error (unavailable).
std::vector<BrokerQueue> sizes_of(const Address& address, const std::vector<std::string>& interfaces);

}  // namespace rpc::amqp
