// Brings messages of a queue to a broker, and answers when that has stored them.
//
//   std::unique_ptr<queue::Courier> courier = publisher_to(address, stop);
#pragma once

#include "link.h"
#include "queue/courier.h"
#include "queue/stored.h"
#include "waker.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace rpc::amqp {

std::unique_ptr<queue::Courier> publisher_to(Address address, std::stop_token stop);

/// A thread that owns a connection, which is made when there is something to send. Whenever it fails the messages stay
/// in the queue, which tries again after a pause.
class Publisher final : public std::enable_shared_from_this<Publisher> {
 public:
  using Answered = queue::Courier::Answered;
  using Known = queue::Courier::Known;

  Publisher(Address address, std::stop_token stop) : address_(std::move(address)), stop_(std::move(stop)) {}

  void start();

  /// No further answer comes. Waits for one that is being given, unless that is what calls it.
  void end() noexcept;

  // As those of a courier.
  void deliver(const std::string& sender, bool durable, std::vector<queue::Delivery> messages, Answered done);
  void outcomes(const std::vector<queue::Delivered>& messages, Known done);

 private:
  void submit(std::function<void()> task);
  void interrupt() noexcept;
  void run();
  std::function<void()> next_task();

  /// What `work` gives, or why the broker cannot be used.
  template <class Value>
  Result<Value> attempt(const std::function<Result<Value>(Link&)>& work) noexcept;

  // On the thread. They throw Error if the connection is of no more use.
  Link& connected();
  void replace_link(std::unique_ptr<Link> link) noexcept;
  Result<std::vector<queue::Refusal>> publish(Link& link, const std::string& sender, bool durable,
                                              const std::vector<queue::Delivery>& messages);
  void publish(Link& link, const std::string& sender, bool durable, const queue::Delivery& message);
  std::string queue_for(Link& link, const queue::Delivery& message);
  void await(Link& link, const std::function<bool()>& reached);
  void read(Link& link);
  void confirmed(const Confirmation& confirmation);
  void returned(const Returned& returned);

  const Address address_;
  const std::stop_token stop_;
  Waker waker_;
  std::mutex mutex_;  // for what follows
  std::deque<std::function<void()>> tasks_;
  bool busy_ = false;  // with one of them
  bool ends_ = false;
  std::unique_ptr<Link> link_;  // the thread alone changes and uses it, others may interrupt it

  // Of the thread alone, and of this connection.
  std::set<std::string> declared_;
  std::map<std::string, queue::Time> not_there_;  // queues of priorities that no server has made, and when to try again
  std::uint64_t published_ = 0;
  std::set<std::uint64_t> unconfirmed_;  // by the number of the publication
  std::set<std::uint64_t> returned_;     // by the number of the message

  std::optional<std::stop_callback<std::function<void()>>> on_stop_;
  std::thread thread_;  // which keeps all this alive
};

}  // namespace rpc::amqp
