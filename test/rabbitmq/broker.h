// A RabbitMQ on loopback that lives as long as the test program, what a test looks up in it, and a cable to it that can
// be cut.
//
//   Broker& broker = Broker::get();
//   broker.kill();
//   EXPECT_EQ(broker.count("farcall.dead"), 1);
#pragma once

#include <amqp.h>

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "net/socket.h"

/// broker.py at work. Used by one thread.
class Broker {
 public:
  static bool is_installed();

  /// One of a single node, started when first asked for.
  static Broker& get();

  /// Throws std::runtime_error with what RabbitMQ says if it does not start.
  explicit Broker(int nodes);

  // Of one node. They throw std::runtime_error if they do not succeed.
  void kill(int node = 0) { tell("kill", node); }
  void start(int node = 0) { tell("start", node); }
  std::string ctl(const std::string& words, int node = 0) { return tell("ctl", node, words); }  ///< what it prints

  std::uint16_t port(int node = 0) const noexcept { return ports_[static_cast<std::size_t>(node)].plain; }
  std::string url(const std::string& user = "guest:guest", const std::string& vhost = "") const;

  /// For localhost; `parameters` behind the question mark, in which $ is the folder of the certificates.
  std::string tls_url(std::string parameters, const std::string& host = "localhost") const;

  // By whichever node answers.

  /// What is in a queue and not with a consumer; nothing if there is no such queue.
  std::optional<std::uint32_t> count(std::string_view queue);

  /// The first message of a queue, which stays there.
  struct Found {
    std::string id;
    std::string type;
    std::string expiration;
    int delivery_mode = 0;
    std::string body;
  };
  std::optional<Found> first(std::string_view queue);

  /// Puts a copy behind.
  void repeat(std::string_view queue, const Found& message);

  /// Deletes what Farcall has there.
  void clear();

 private:
  struct Close {
    void operator()(amqp_connection_state_t connection) const noexcept;
  };
  using Connection = std::unique_ptr<amqp_connection_state_t_, Close>;

  struct Ports {
    std::uint16_t plain = 0;
    std::uint16_t tls = 0;
  };

  std::string tell(const std::string& command, int node, const std::string& words = "");
  std::string answer();
  Connection connect() const;

  rpc::net::Fd commands_;
  rpc::net::Fd answers_;
  std::string folder_;
  std::vector<Ports> ports_;
};

/// Passes connections on to a port.
class Cable {
 public:
  explicit Cable(std::uint16_t to);
  ~Cable();

  std::uint16_t port() const noexcept { return port_; }
  std::string url() const { return "amqp://guest:guest@127.0.0.1:" + std::to_string(port_); }

  /// Those that there are now. New ones are passed on.
  void cut();

  /// Takes no more than a piece from each end, as a broker that stands still, until it is released.
  void hold();
  void release();

  /// How many there were.
  int connections() const noexcept { return connections_; }

 private:
  void accept_all();
  void pass(const std::shared_ptr<rpc::net::Fd>& from, const std::shared_ptr<rpc::net::Fd>& to);

  const std::uint16_t to_;
  std::uint16_t port_ = 0;
  rpc::net::Fd listener_;
  std::atomic<int> connections_ = 0;
  std::mutex mutex_;  // for what follows
  std::condition_variable released_;
  bool held_ = false;
  std::vector<std::shared_ptr<rpc::net::Fd>> ends_;
  std::vector<std::thread> threads_;
  std::thread accepting_;
};
