// The part of Balancer that looks after its servers and the time, on a loop.
#include "net/balance/balancer.h"

#include "net/control.h"
#include "net/engine.h"
#include "net/messages.h"
#include "net/tls.h"

#include <arpa/inet.h>

#include <algorithm>
#include <random>
#include <utility>

namespace rpc::net {

namespace {

/// Between attempts to connect to a server; doubles from the first to the last.
constexpr std::chrono::milliseconds first_backoff{5};
constexpr std::chrono::milliseconds last_backoff{1000};

/// How often names are looked up: now and then, and when a connection fails.
constexpr std::chrono::seconds look_up_every{30};
constexpr std::chrono::seconds look_up_at_most_every{1};

/// How many servers an error tells about.
constexpr std::size_t most_described = 4;

bool is_name(const Url& url) {
  if (url.scheme == Url::Scheme::unix_socket || url.scheme == Url::Scheme::inproc) return false;
  in6_addr address;
  return ::inet_pton(AF_INET, url.name.c_str(), &address) != 1 &&
         ::inet_pton(AF_INET6, url.name.c_str(), &address) != 1;
}

std::uint64_t random_seed() {
  std::random_device device;
  return std::uint64_t{device()} << 32 | device();
}

// The servers' channels have no use for a queue.
ChannelOptions options_of_peers(ChannelOptions options) {
  options.queue = {};
  return options;
}

}  // namespace

Balancer::Balancer(std::string_view text, const ChannelOptions& options)
    : text_(text),
      options_(with_least_max_frame(options_of_peers(options))),
      tls_(internal::Ref<TlsCredentials>::share(options.tls.get())),
      loop_(Engine::get().next_loop()),
      group_(options.balance, random_seed()) {}

internal::Ref<internal::ClientTransport> Balancer::make(std::string_view text, const std::vector<Url>& urls,
                                                        const ChannelOptions& options) {
  for (const Url& url : urls) {  // says at once what is missing
    if (url.scheme == Url::Scheme::tls) static_cast<void>(ciphers_to(url.name, options.tls.get()));
  }
  auto* const balancer = new Balancer(text, options);
  auto transport = internal::Ref<internal::ClientTransport>::adopt(balancer);
  std::vector<std::shared_ptr<Peer>> peers;
  for (const Url& url : urls) {
    if (is_name(url)) {
      balancer->names_.push_back({.url = url, .look_at = now(), .problem = "its name is being looked up"});
    } else {
      peers.push_back(std::make_shared<Peer>(*balancer, url, balancer->options_));
    }
  }
  balancer->add_peers(peers);
  const Lock lock(balancer->mutex_);
  balancer->request_work();
  return transport;
}

void Balancer::release() noexcept {
  if (lives_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
}

// The last handle is gone, and with it everybody who could wait for a call.
void Balancer::destroy() noexcept {
  {
    std::vector<std::shared_ptr<Peer>> peers;
    std::deque<Call> queue;
    std::deque<Call> hedges;
    const Lock lock(mutex_);
    closed_ = true;
    peers.swap(peers_);
    queue.swap(queue_);
    hedges.swap(hedges_);
  }
  release();
}

ChannelCounters Balancer::counters() const noexcept {
  ChannelCounters sum = counts_.read();
  const auto add = [&sum](const ChannelCounters& more) {
    for (const Counter<ChannelCounters>& each : channel_counters) sum.*each.field += more.*each.field;
  };
  const Lock lock(mutex_);
  add(past_);
  for (const std::shared_ptr<Peer>& peer : peers_) {
    if (peer) add(peer->core().counters());
  }
  return sum;
}

void Balancer::add_peers(const std::vector<std::shared_ptr<Peer>>& peers) {
  {
    const Lock lock(mutex_);
    if (closed_) return;
    for (const std::shared_ptr<Peer>& peer : peers) {
      peer->server = group_.add();
      if (peer->server >= peers_.size()) peers_.resize(peer->server + 1);
      peers_[peer->server] = peer;
    }
  }
  for (const std::shared_ptr<Peer>& peer : peers) peer->core().connect_early();
}

void Balancer::peer_is_up(Peer& peer) noexcept {
  const Lock lock(mutex_);
  if (closed_) return;
  peer.up = true;
  peer.problem.clear();
  group_.set_connected(peer.server, !peer.retired);
  if (!queue_.empty()) request_work();
}

void Balancer::peer_is_leaving(Peer& peer) noexcept {
  const Lock lock(mutex_);
  if (closed_) return;
  peer.up = false;
  peer.problem = "the server is stopping";
  group_.set_connected(peer.server, false);
}

// Clients that lost a server together do not all come back in the same instant.
void Balancer::peer_is_idle(Peer& peer, std::string_view reason) noexcept {
  const Lock lock(mutex_);
  if (closed_) return;
  peer.up = false;
  peer.problem = reason;
  group_.set_connected(peer.server, false);
  const Time at = now();
  peer.backoff = std::clamp(2 * peer.backoff, first_backoff, last_backoff);
  peer.connect_at = at + peer.backoff - peer.backoff * (at.time_since_epoch().count() % 256) / 512;
  wake_at(peer.connect_at);
  if (peer.name == Peer::none) return;
  Name& name = names_[peer.name];
  name.look_at = std::min(name.look_at, std::max(at, name.looked_at + look_up_at_most_every));
  wake_at(name.look_at);
}

void Balancer::request_work() noexcept {
  if (std::exchange(work_.posted, true)) return;
  retain();
  loop_.post(work_);
}

void Balancer::wake_at(Time when) noexcept {
  if (when >= wakes_at_) return;
  wakes_at_ = when;
  Engine::get().timers().schedule(*this, when);
}

Time Balancer::on_time(Time) noexcept {
  const Lock lock(mutex_);
  wakes_at_ = never;
  if (!closed_) request_work();
  return never;
}

void Balancer::Work::run_work(Continuation& self) noexcept {
  Balancer& balancer = static_cast<Work&>(self).balancer;
  balancer.work();
  balancer.release();
}

void Balancer::work() {
  const Time at = now();
  Todo todo;
  {
    const Lock lock(mutex_);
    work_.posted = false;
    if (closed_) return;
    if (readmit_at_ <= at) readmit_at_ = group_.readmit(at);
    todo = take_todo(at);
    wake_at(next_time());
  }
  for (const Call& call : todo.late) fail(*call, *todo.why_late);
  for (const Call& call : todo.queued) dispatch(*call, Why::queued);
  for (const Call& call : todo.hedged) dispatch(*call, Why::hedge);
  for (const std::shared_ptr<Peer>& peer : todo.unconnected) peer->core().connect_early();
  for (const std::size_t name : todo.names) look_up(name);
}

Balancer::Todo Balancer::take_todo(Time at) {
  Todo todo;
  take_queue(at, todo);
  take_hedges(at, todo);
  for (std::shared_ptr<Peer>& peer : peers_) {
    if (!peer) continue;
    if (peer->connect_at <= at) {
      peer->connect_at = never;
      if (!peer->retired) todo.unconnected.push_back(peer);
    }
    if (peer->retired && group_.under_way(peer->server) == 0) todo.retired.push_back(take_retired(peer));
  }
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (names_[i].looking || names_[i].look_at > at) continue;
    names_[i].looking = true;
    names_[i].look_at = never;
    todo.names.push_back(i);
  }
  return todo;
}

void Balancer::take_queue(Time at, Todo& todo) {
  const bool connected =
      std::ranges::any_of(peers_, [](const auto& peer) { return peer && peer->up && !peer->retired; });
  for (const Call& call : queue_) {
    if (call->deadline <= at && !call->waiter_keeps_time) {
      todo.late.push_back(call);
    } else if (connected) {
      todo.queued.push_back(call);
    }
  }
  if (!todo.late.empty()) todo.why_late = unreachable();
  for (const Call& call : todo.queued) {
    unqueue(*call);
    call->starting = true;
  }
}

// Those that were answered in time need none, and one that a thread is about to send is looked at again when it was.
void Balancer::take_hedges(Time at, Todo& todo) {
  const auto is_due = [at](const Call& call) { return call->hedge_at <= at && !call->starting; };
  for (; !hedges_.empty() && is_due(hedges_.front()); hedges_.pop_front()) {
    Call call = std::move(hedges_.front());
    const bool waits = !call->taken() && !call->cancelled && call->under_way() == 1;
    if (waits && call->attempts() < group_.most_attempts() && group_.budget.spend()) {
      call->starting = true;
      todo.hedged.push_back(std::move(call));
    } else {
      todo.answered.push_back(std::move(call));
    }
  }
}

std::shared_ptr<Peer> Balancer::take_retired(std::shared_ptr<Peer>& peer) {
  const ChannelCounters counters = peer->core().counters();
  for (const Counter<ChannelCounters>& each : channel_counters) past_.*each.field += counters.*each.field;
  group_.remove(peer->server);
  return std::exchange(peer, nullptr);
}

Time Balancer::next_time() const {
  Time next = readmit_at_;
  for (const Call& call : queue_) {
    if (!call->waiter_keeps_time) next = std::min(next, call->deadline);
  }
  if (!hedges_.empty()) next = std::min(next, hedges_.front()->hedge_at);
  for (const std::shared_ptr<Peer>& peer : peers_) {
    if (peer) next = std::min(next, peer->connect_at);
  }
  for (const Name& name : names_) next = std::min(next, name.look_at);
  return next;
}

// Throws Error (overloaded) when too much waits already.
void Balancer::enqueue(BalancedCall& call) {
  const std::size_t limit = options_.limits.max_send_buffer;
  if (queued_bytes_ + call.frame.size() > limit)
    throw Error(Code::overloaded, "Limits::max_send_buffer of " + std::to_string(limit) + " is reached: " +
                                      std::to_string(queued_bytes_) + " bytes wait for a connection to any server");
  queue_.push_back(Call::share(&call));
  queued_bytes_ += call.frame.size();
  call.queued = true;
  if (!call.waiter_keeps_time) wake_at(call.deadline);
}

void Balancer::unqueue(BalancedCall& call) noexcept {
  if (!std::exchange(call.queued, false)) return;
  queued_bytes_ -= call.frame.size();
  queue_.erase(std::ranges::find(queue_, &call, &Call::get));
}

void Balancer::look_up(std::size_t name) {
  retain();
  control::look_up(names_[name].url, [this, name](std::vector<Url> urls, const std::string& problem) {
    looked_up(name, std::move(urls), problem);
    release();
  });
}

// What the name has no more gets no more calls; where it has nothing, or cannot be asked, all stays as it is.
void Balancer::looked_up(std::size_t name, std::vector<Url> urls, const std::string& problem) {
  {
    const Lock lock(mutex_);
    Name& looked = names_[name];
    looked.looking = false;
    looked.looked_at = now();
    looked.look_at = looked.looked_at + (urls.empty() ? look_up_at_most_every : look_up_every);
    looked.problem = problem;
    wake_at(looked.look_at);
    if (urls.empty() || closed_) return;
    for (const std::shared_ptr<Peer>& peer : peers_) {
      if (!peer || peer->name != name) continue;
      const auto found = std::ranges::find(urls, peer->url().address, &Url::address);
      peer->retired = found == urls.end();
      group_.set_connected(peer->server, peer->up && !peer->retired);
      if (peer->retired) {
        request_work();
      } else {
        urls.erase(found);
      }
    }
  }
  std::vector<std::shared_ptr<Peer>> peers;
  for (Url& url : urls) {
    peers.push_back(std::make_shared<Peer>(*this, std::move(url), options_));
    peers.back()->name = name;
  }
  add_peers(peers);
}

Error Balancer::unreachable() const {
  std::string text = "no connection to any of the servers within the call's deadline";
  std::size_t described = 0;
  const auto describe = [&](const std::string& server, const std::string& problem) {
    if (described++ < most_described) text += (described == 1 ? ": " : "; ") + server + ": " + problem;
  };
  for (const Name& name : names_) {
    if (!name.problem.empty()) describe(name.url.text(), name.problem);
  }
  for (const std::shared_ptr<Peer>& peer : peers_) {
    if (peer) describe(peer->url().text(), peer->problem.empty() ? "it has not answered yet" : peer->problem);
  }
  if (described > most_described) text += "; and " + std::to_string(described - most_described) + " more";
  return Error(Code::unavailable, text);
}

}  // namespace rpc::net
