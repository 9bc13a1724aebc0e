// Takes the messages that a broker has for a server, and has them handled: of each sender, interface and priority one
// at a time, in order, or as many as QueueOptions::concurrency says. What was handled is noted, and then acknowledged.
//
//   auto worker = std::make_shared<Worker>(address, queue, receiver);
//   worker->start();
//   worker->stop(until);
#pragma once

#include "handled.h"
#include "link.h"
#include "queue/sqlite_queue.h"
#include "waker.h"

#include <rpc/message.h>

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace rpc::amqp {

/// A thread that owns a connection, and makes a new one when that is lost.
class Worker : public std::enable_shared_from_this<Worker> {
 public:
  Worker(Address address, internal::Ref<queue::SqliteQueue> queue, std::shared_ptr<MessageReceiver> receiver);

  /// Throws Error (unavailable) if the broker refuses something. If it is not there the worker goes on trying.
  void start();

  /// No further handler begins. Returns when those that run are done, at `until` at the latest. Any thread.
  void stop(queue::Time until) noexcept;

 private:
  class Handler;

  /// A message that is not acknowledged.
  struct Item {
    Envelope envelope;
    std::vector<std::uint64_t> tags;  // of this connection; more than one if it was sent twice
    unsigned failures = 0;
    queue::Time again_at{};  // its handler does not begin before
  };

  /// Those of one sender, interface and priority.
  struct Strand {
    std::map<std::uint64_t, Item> items;  // by sequence
    std::set<std::uint64_t> running;      // those of them that have a handler
  };

  /// What a handler has to say.
  struct Done {
    std::string strand;
    std::uint64_t sequence = 0;
    Handling handling;
  };

  /// What is to be acknowledged.
  struct Noted {
    std::uint64_t connection = 0;
    std::vector<std::uint64_t> tags;
  };

  using Strands = std::map<std::string, Strand>;

  // The worker's thread.
  void run() noexcept;
  void look_after_link();
  void connect();
  void disconnected(const Error& error);
  void read();
  void take(Arrival arrival);
  void settle(const std::vector<Done>& done, const std::vector<Noted>& noted);
  void settle(const Done& done);
  void handled(const std::string& name, Item& item);
  bool failed(Item& item, const Handling& handling);
  queue::Time begin();
  queue::Time begin(const std::string& name, Strand& strand);

  // Other threads.
  void finish(Done done) noexcept;
  void noted(Noted noted, const Error* error) noexcept;

  const Address address_;
  const internal::Ref<queue::SqliteQueue> queue_;
  const QueueOptions& options_;
  const std::shared_ptr<MessageReceiver> receiver_;
  Handled handled_;
  Waker waker_;

  // Of the worker's thread.
  std::unique_ptr<Link> link_;
  std::uint64_t connection_ = 0;  // which one it is
  unsigned failures_ = 0;         // to connect, in a row
  queue::Time connect_at_{};
  std::string problem_;  // the last one that was logged
  Strands strands_;
  std::size_t pending_ = 0;  // handlers and notes

  std::mutex mutex_;  // for what follows
  std::condition_variable changed_;
  std::vector<Done> done_;
  std::vector<Noted> noted_;
  bool stopping_ = false;
  bool ended_ = true;
};

}  // namespace rpc::amqp
