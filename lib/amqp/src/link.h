// A connection with a broker, with one channel on it. Whoever owns it reads when there is something, and never waits
// for more than an answer of the broker's.
//
//   Link link(address);
//   link.confirm_publications();
//   link.publish(queue, message);
//   while (const std::optional<Event> event = link.read()) …
#pragma once

#include "address.h"
#include "envelope.h"

#include <rpc/error.h>

#include <amqp.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace rpc::amqp {

/// The broker is there, and does not allow what is asked of it: to log in, to use a vhost, to declare a queue.
class Refused : public Error {
 public:
  explicit Refused(std::string text) : Error(Code::unavailable, std::move(text)) {}
};

/// What became of a message that was published, or of all up to it.
struct Confirmation {
  std::uint64_t tag = 0;  ///< publications of a link are numbered from 1
  bool multiple = false;
  bool stored = false;
};

/// A message that no queue was there for. Its confirmation comes afterwards, and says stored.
struct Returned {
  std::string queue;
  std::uint64_t sequence = 0;
};

/// A message for a consumer.
struct Arrival {
  std::uint64_t tag = 0;
  std::string queue;
  std::optional<Envelope> envelope;  ///< none: it is not one of Farcall's
};

/// A message as the broker has it, taken from a queue: it goes back there with the link unless it is acknowledged.
class Taken {
 public:
  Taken() = default;
  Taken(Taken&& other) noexcept : tag(other.tag), left(other.left), message_(std::exchange(other.message_, {})) {}
  Taken& operator=(Taken&&) = delete;
  ~Taken() { amqp_destroy_message(&message_); }

  const amqp_basic_properties_t& properties() const noexcept { return message_.properties; }
  amqp_bytes_t body() const noexcept { return message_.body; }

  std::uint64_t tag = 0;
  std::uint32_t left = 0;  ///< in the queue

 private:
  friend class Link;
  amqp_message_t message_{};
};

/// What a queue has that nobody has taken.
struct QueueSize {
  std::uint32_t messages = 0;
  std::uint32_t consumers = 0;
};

using Event = std::variant<Confirmation, Returned, Arrival>;

/// Used by one thread at a time, but for interrupt(). Everything throws Error (unavailable) if the connection is lost,
/// after which it is of no more use, and Refused.
class Link {
 public:
  /// Tries the hosts one after the other, beginning with any.
  explicit Link(const Address& address);
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;

  /// Says goodbye, unless the connection is lost.
  ~Link();

  /// To be polled for input. Also without any read() is to be called every second, for the broker to see that this end
  /// is alive.
  int fd() const noexcept { return amqp_get_sockfd(connection_.get()); }

  /// Whether there is room on the way to the broker for some KiB.
  bool is_writable() const noexcept;

  /// Has everything else fail. Any thread.
  void interrupt() const noexcept;

  /// What has come, without waiting for it.
  std::optional<Event> read();

  /// Why the broker takes no messages at the moment, if so: it is short of memory or room on the disk.
  const std::optional<std::string>& blocked() const noexcept { return blocked_; }

  // Each waits for the broker's answer.
  void confirm_publications();
  void declare_fanout(std::string_view name);
  std::uint32_t declare_queue(std::string_view name, std::span<amqp_table_entry_t> arguments);  ///< gives its consumers
  void bind(std::string_view queue, std::string_view exchange);
  std::optional<Taken> get(std::string_view queue);

  /// Nothing if there is no such queue; then the link is of no more use.
  std::optional<QueueSize> size_of(std::string_view queue);

  /// Has so many messages at a time, which are not acknowledged yet.
  void consume(const std::string& queue, std::uint16_t prefetch);

  // Blocks only while the broker does not read.
  void publish(const std::string& queue, const Outgoing& message);
  void publish(const std::string& queue, const amqp_basic_properties_t& properties, amqp_bytes_t body);
  void acknowledge(std::uint64_t tag);

  /// To the dead letters.
  void reject(std::uint64_t tag);

 private:
  struct Close {
    void operator()(amqp_connection_state_t connection) const noexcept { amqp_destroy_connection(connection); }
  };
  using Connection = std::unique_ptr<amqp_connection_state_t_, Close>;

  /// The parts of a message that came so far.
  struct Content {
    std::variant<Returned, Arrival> head;
    std::uint64_t size = 0;
    bool has_header = false;
    std::vector<std::byte> body;
  };

  void open(const Address& address, const Address::Host& host);
  amqp_socket_t* new_socket(const Address& address, const Address::Host& host);
  void log_in(const Address& address);
  void check(const amqp_rpc_reply_t& reply, std::string_view what) const;
  void check_last(std::string_view what) const { check(amqp_get_rpc_reply(connection_.get()), what); }
  void sent(int status) const;
  [[noreturn]] void lost(const std::string& why) const;
  std::optional<Event> take(const amqp_frame_t& frame);
  std::optional<Event> take_method(const amqp_method_t& method);
  std::optional<Event> take_header(const amqp_basic_properties_t& properties, std::uint64_t size);
  std::optional<Event> finished();

  std::string peer_;        // for errors
  std::optional<Tls> tls_;  // as all that follows, for the connection
  Connection connection_;
  mutable bool is_lost_ = true;
  std::optional<std::string> blocked_;
  std::optional<Content> content_;
};

}  // namespace rpc::amqp
