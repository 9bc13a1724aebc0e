#include "net/server_core.h"

#include "log.h"
#include "net/broker.h"
#include "net/engine.h"
#include "net/messages.h"
#include "net/server_connection.h"
#include "net/tls.h"

#include <rpc/error.h>

#include <sys/socket.h>

#include <algorithm>
#include <map>
#include <utility>

namespace rpc::net {

namespace {

/// What handlers that were asked to stop get to answer.
constexpr std::chrono::milliseconds time_to_stop{250};

/// What connections that were shut down need at most until their reader has noticed.
constexpr std::chrono::milliseconds time_to_close{250};

void send_refusal(const Link& link, const Error& error) {
  Buffer frame;
  put_failure(frame, whole_connection, error);
  if (link.cipher == nullptr) {
    ::send(link.fd.get(), frame.data(), frame.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  } else if (link.cipher->encrypt(frame.data(), frame.size())) {
    link.cipher->finish(link.fd.get());
  }
}

void log_left_out(std::uint64_t count) {
  if (count == 0) return;
  internal::log(Severity::warning, "closed " + std::to_string(count) + " more connections, too many to say why");
}

}  // namespace

void ServerCore::add(const Skeleton& skeleton, std::shared_ptr<void> owner) {
  if (MessageServer::has_messages(*skeleton.info)) {
    if (std::optional<Registered> intake = messages_.use(options_.queue)) register_interface(std::move(*intake));
  }
  register_interface({skeleton, std::move(owner)});
}

void ServerCore::register_interface(Registered registered) {
  const char* const name = registered.skeleton.info->name;
  registered.stats = std::make_unique<internal::CallStats[]>(registered.skeleton.info->method_count);
  const std::lock_guard lock(mutex_);
  if (!interfaces_.emplace(name, std::make_unique<Registered>(std::move(registered))).second) {
    throw Error(Code::internal, std::string("this server serves ") + name + " already");
  }
}

const Registered* ServerCore::find(std::string_view name) const {
  const std::lock_guard lock(mutex_);
  const auto found = interfaces_.find(std::string(name));
  return found == interfaces_.end() ? nullptr : found->second.get();
}

std::optional<Registered> ServerCore::keep(std::string_view name) const {
  const std::lock_guard lock(mutex_);
  const auto found = interfaces_.find(std::string(name));
  return found == interfaces_.end() ? std::nullopt : std::optional(*found->second);
}

ServerCounters ServerCore::counters() const {
  ServerCounters counters = counts_->read();
  const std::lock_guard lock(mutex_);
  for (const Listening& each : listeners_) {
    if (each.port) counters.overrun += each.port->overrun();
  }
  return counters;
}

ServerMetrics ServerCore::metrics() const {
  ServerMetrics metrics{.counters = counters(), .queues = messages_.metrics()};
  const std::lock_guard lock(mutex_);
  metrics.connections = connections_.size();
  std::map<std::string_view, const Registered*> sorted;
  for (const auto& [name, registered] : interfaces_) sorted.emplace(name, registered.get());
  for (const auto& [name, registered] : sorted) {
    const InterfaceInfo& info = *registered->skeleton.info;
    for (std::uint16_t i = 0; i < info.method_count; ++i) metrics.methods.push_back(registered->stats[i].read(info, i));
  }
  return metrics;
}

std::vector<std::string> ServerCore::names() const {
  std::vector<std::string> names;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [name, registered] : interfaces_) names.push_back(name);
  }
  std::ranges::sort(names);
  return names;
}

// The listener keeps the core weakly: a server that is destroyed must not wait for its own listeners.
std::string ServerCore::listen(std::string_view text) {
  const Url url = parse_url(text);
  const std::string local = url.text();
  messages_.begin(shared_from_this());
  if (url.scheme == Url::Scheme::broker) {
    messages_.consume(local, shared_from_this());
    const std::lock_guard lock(mutex_);
    stopped_ = false;
    return without_password(local);
  }
  const std::shared_ptr<Ciphers> ciphers =
      url.scheme == Url::Scheme::tls ? accepting_ciphers(credentials_.get()) : nullptr;
  std::shared_ptr<Listener> listener = control::listen(url, options_.plain_tcp_to_others);
  if (ciphers != nullptr) listener = control::secure(std::move(listener), ciphers, limits());
  internal::Ref<DatagramPort> port;
  if (url.scheme == Url::Scheme::tcp) port = DatagramPort::open(listener->fd(), limits(), counts_);
  listener->begin([weak = weak_from_this(), port](Link link) {
    if (const std::shared_ptr<ServerCore> core = weak.lock()) core->accept(std::move(link), port);
  });
  const std::lock_guard lock(mutex_);
  listeners_.push_back({listener, std::move(port)});
  stopped_ = false;
  return listener->url().text();
}

void ServerCore::accept(Link link, const internal::Ref<DatagramPort>& port) {
  if (link.failed()) return refuse(link);
  std::string identity = link.cipher == nullptr ? kernel_identity(link.fd.get()) : link.cipher->identity();
  ServerConnection* connection = nullptr;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ != 0) return;
    if (connections_.size() >= options_.limits.max_connections) {
      return send_refusal(link, Error(Code::overloaded, "the server's Limits::max_connections allows " +
                                                            std::to_string(options_.limits.max_connections) +
                                                            " connections at a time"));
    }
    std::string peer = std::move(link.peer);
    connection = new ServerConnection(std::move(link), Engine::get().next_loop(), shared_from_this(), std::move(peer),
                                      std::move(identity), port);
    connection->retain();
    connections_.insert(connection);
    connection->retain();
  }
  connection->start();
  connection->release();
}

// Who speaks no TLS is told so in the way it speaks.
void ServerCore::refuse(const Link& link) {
  log_closing(link.peer, link.problem.text.c_str());
  if (!link.problem.foreign) return;
  send_refusal(link,
               Error(Code::incompatible, "the server speaks TLS at this port: connect to tls:// and not to tcp://"));
}

void ServerCore::remove(ServerConnection& connection) noexcept {
  Interfaces unused;  // destroyed last: it runs code of the user's
  {
    const std::lock_guard lock(mutex_);
    if (connections_.erase(&connection) == 0) return;
    changed_.notify_all();
    unused = take_unused();
  }
  connection.release();
}

void ServerCore::retire() {
  messages_.release();
  Interfaces unused;
  const std::lock_guard lock(mutex_);
  retired_ = true;
  unused = take_unused();
}

ServerCore::Interfaces ServerCore::take_unused() noexcept {
  return retired_ && connections_.empty() ? std::move(interfaces_) : Interfaces();
}

void ServerCore::log_closing(const std::string& peer, const char* reason) {
  std::optional<std::uint64_t> left_out;
  {
    const std::lock_guard lock(mutex_);
    left_out = closings_.admit(std::chrono::steady_clock::now());
  }
  if (!left_out) return;
  log_left_out(*left_out);
  internal::log(Severity::warning, "closing the connection of " + peer + ": " + reason, {{"peer", peer}});
}

void ServerCore::run() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return stopped_ && stopping_ == 0; });
}

void ServerCore::stop(std::chrono::nanoseconds grace) {
  const auto until = std::chrono::steady_clock::now() + grace;
  Loop::before_blocking();  // a handler may stop its server
  std::unique_lock lock(mutex_);
  stopped_ = true;
  ++stopping_;
  std::vector<Listening> listeners = std::exchange(listeners_, {});
  lock.unlock();
  for (const Listening& each : listeners) {
    each.listener->close();
    if (each.port) each.port->close();
  }
  listeners.clear();
  lock.lock();
  for_each_connection(lock, [](ServerConnection& connection) { connection.drain(); });
  lock.unlock();
  messages_.end(until);
  lock.lock();
  if (!wait_until_empty(lock, until)) {
    for_each_connection(lock, [](ServerConnection& connection) { connection.cancel_all(); });
    wait_until_empty(lock, std::chrono::steady_clock::now() + time_to_stop);
    for_each_connection(lock, [](ServerConnection& connection) { connection.disconnect(); });
    wait_until_empty(lock, std::chrono::steady_clock::now() + time_to_close);
  }
  --stopping_;
  changed_.notify_all();
  const std::uint64_t left_out = closings_.take_left_out();
  lock.unlock();
  log_left_out(left_out);
}

bool ServerCore::wait_until_empty(std::unique_lock<std::mutex>& lock, std::chrono::steady_clock::time_point until) {
  return changed_.wait_until(lock, until, [this] { return connections_.empty(); });
}

template <class Action>
void ServerCore::for_each_connection(std::unique_lock<std::mutex>& lock, Action action) {
  std::vector<ServerConnection*> connections(connections_.begin(), connections_.end());
  for (ServerConnection* connection : connections) connection->retain();
  lock.unlock();
  for (ServerConnection* connection : connections) {
    action(*connection);
    connection->release();
  }
  lock.lock();
}

}  // namespace rpc::net
