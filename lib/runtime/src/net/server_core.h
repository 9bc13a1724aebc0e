// What a Server is made of: the interfaces it serves, where it listens, the connections it has.
//
//   auto core = std::make_shared<ServerCore>(options);
//   core->add(skeleton, object);
//   core->listen("tcp://127.0.0.1:0");
#pragma once

#include "log.h"
#include "net/access_control.h"
#include "net/binding.h"
#include "net/control.h"
#include "net/counts.h"
#include "net/datagram_port.h"
#include "net/message_server.h"
#include "net/messages.h"

#include <rpc/server.h>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace rpc::net {

class ServerConnection;

/// Kept alive by its connections, so that calls which outlive the Server find what they need. Thread-safe.
class ServerCore : public std::enable_shared_from_this<ServerCore> {
 public:
  explicit ServerCore(const ServerOptions& options)
      : options_(with_least_max_frame(options)),
        credentials_(internal::Ref<TlsCredentials>::share(options.tls.get())) {}

  void add(const Skeleton& skeleton, std::shared_ptr<void> owner);
  std::string listen(std::string_view url);
  void run();
  void stop(std::chrono::nanoseconds grace);

  /// Lets the objects go that it serves, once no call of them runs: they may have replies that keep connections, which
  /// keep this.
  void retire();

  const Limits& limits() const noexcept { return options_.limits; }

  AccessControl& access() noexcept { return access_; }
  const AccessControl& access() const noexcept { return access_; }

  ServerCounts& counts() noexcept { return *counts_; }
  ServerCounters counters() const;
  ServerMetrics metrics() const;

  /// Null if nobody serves it.
  const Registered* find(std::string_view name) const;

  /// The same, for as long as the caller likes.
  std::optional<Registered> keep(std::string_view name) const;

  /// Of all interfaces, sorted.
  std::vector<std::string> names() const;

  void remove(ServerConnection& connection) noexcept;

  /// Logs that a connection is closed, unless too many were just now: then they are counted.
  void log_closing(const std::string& peer, const char* reason);

 private:
  using Interfaces = std::unordered_map<std::string, std::unique_ptr<Registered>>;

  /// Where it listens; the port is null if datagrams cannot come there.
  struct Listening {
    std::shared_ptr<Listener> listener;
    internal::Ref<DatagramPort> port;
  };

  void accept(Link link, const internal::Ref<DatagramPort>& port);
  void refuse(const Link& link);
  bool wait_until_empty(std::unique_lock<std::mutex>& lock, std::chrono::steady_clock::time_point until);
  Interfaces take_unused() noexcept;
  template <class Action>
  void for_each_connection(std::unique_lock<std::mutex>& lock, Action action);

  void register_interface(Registered registered);

  const ServerOptions options_;
  const internal::Ref<TlsCredentials> credentials_;  // or none
  const std::shared_ptr<ServerCounts> counts_ = std::make_shared<ServerCounts>();
  AccessControl access_;
  MessageServer messages_{*this};
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  Interfaces interfaces_;
  std::vector<Listening> listeners_;
  std::unordered_set<ServerConnection*> connections_;  // each counted
  bool stopped_ = false;                               // since the last listen()
  int stopping_ = 0;                                   // stop() calls at work
  bool retired_ = false;
  internal::LogLimit closings_{10};
};

}  // namespace rpc::net
