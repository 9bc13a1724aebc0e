#include "queue/forwarder.h"

#include "queue/burial.h"

#include "net/broker.h"
#include "net/messages.h"
#include "queue/checksum.h"
#include "queue/core.h"
#include "queue/retry.h"
#include "queue/sender.h"

#include <algorithm>
#include <utility>

namespace rpc::queue {

namespace {

constexpr std::size_t most_bytes_in_flight = std::size_t{512} << 10;

/// A server that cannot be reached is asked again soon: it may be back at any time.
constexpr std::chrono::milliseconds last_pause{5'000};

/// In one question what became of messages.
constexpr std::size_t most_asked = 4096;

Time now() noexcept { return std::chrono::steady_clock::now(); }

/// Whether the server has said nothing about the messages.
bool is_unreachable(Code code) noexcept {
  switch (code) {
    case Code::cancelled:
    case Code::deadline_exceeded:
    case Code::unavailable:
    case Code::abandoned:
    case Code::overloaded:
    case Code::internal:
    case Code::not_stored: return true;
    default: return false;
  }
}

std::uint64_t milliseconds_left(const Stored& stored, Time now) noexcept {
  if (stored.expires == never) return 0;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(stored.expires - now).count();
  return static_cast<std::uint64_t>(std::max<std::int64_t>(left, 1));
}

Error error_of(const Refusal& refusal) { return Error(net::checked_code(refusal.code), refusal.reason); }

}  // namespace

Forwarder::Forwarder(const Core& core, Database& database)
    : options_(core.options()), box_(database, "outbox"), express_sender_(new_sender()) {}

// Two addresses may lead to one server, where what comes by one of them must not look like what came by the other.
std::string Forwarder::sender_of(const Lane& lane) const {
  return (lane.durable ? sender_ : express_sender_) + "/" + std::to_string(lane.id);
}

void Forwarder::close() noexcept {
  box_.close();
  const Error closed(Code::abandoned, "the queue was closed before it was known what became of the message");
  for (auto& [lane, peer] : peers_) {
    for (auto& [sequence, tracked] : peer.tracked) tracked.receipt.fail(closed);
    peer.tracked.clear();
  }
}

// The last channel to an address may be one of another configuration.
void Forwarder::use(const std::string& target, const Tls& tls) {
  const auto [known, is_new] = tls_.try_emplace(target, tls);
  if (!is_new && &known->second.credentials() == &tls.credentials()) return;
  known->second = tls;
  for (auto& [lane, peer] : peers_) {
    if (lane->name != target) continue;
    peer.outdated = true;
    hurry(*lane);
  }
}

Lane& Forwarder::store(const std::string& target, bool durable, Stored& stored) {
  Lane& lane = box_.lane(target, durable);
  stored.sequence = durable ? core_.lock()->next_sequence() : ++express_sequence_;
  box_.store(lane, stored);
  return lane;
}

void Forwarder::accept(Lane& lane, Stored stored, const ReceiptSource* receipt) {
  if (receipt != nullptr) {
    receipt->reach(MessageState::stored);
    if (receipt->watched()) peers_[&lane].tracked.emplace(stored.sequence, Tracked{*receipt, stored.priority});
  }
  lane.add(std::move(stored));
}

Time Forwarder::go(Time now) {
  Time next = never;
  if (stop_.stop_requested()) return next;
  box_.each([&](Lane& lane) { next = std::min({next, send(lane, now), ask(lane, now)}); });
  return next;
}

Time Forwarder::send(Lane& lane, Time now) {
  if (lane.empty()) return never;
  Peer& peer = peers_[&lane];
  if (peer.again_at > now && !peer.busy) return peer.again_at;
  // Also while a call is under way: the next one is not to wait for the disk.
  if (lane.window.empty() && !box_.refill(lane, under_way(lane))) {
    core_.lock()->hurry();
    return never;
  }
  if (peer.busy) return never;
  if (peer.outdated && !peer.asking) {
    peer.courier.reset();
    peer.outdated = peer.reached = false;
  }
  if (!peer.reached) {
    peer.busy = true;
    reach(lane, peer);
    return never;
  }
  peer.in_flight = next_batch(lane, peer, now);
  if (peer.in_flight.empty()) return lane.more ? now : never;
  peer.busy = true;
  deliver(lane, peer, now);
  return never;
}

// A question about nothing, which a server answers at once. What is sent is only chosen when it can go: urgent messages
// overtake all that wait for a server that is away.
void Forwarder::reach(Lane& lane, Peer& peer) {
  const auto answered = [weak = core_, &lane](const Result<std::vector<Outcome>>& result) {
    if (const std::shared_ptr<Core> core = weak.lock())
      core->post([&forwarder = core->forwarder(), &lane, result] { forwarder.reached(lane, result); });
  };
  courier_of(lane, peer).outcomes(sender_of(lane), lane.durable, {}, answered);
}

void Forwarder::reached(Lane& lane, const Result<std::vector<Outcome>>& result) {
  Peer& peer = peers_[&lane];
  peer.busy = false;
  peer.reached = result.has_value();
  if (result || lane.window.empty()) return;
  std::vector<Stored> first;
  first.push_back(lane.take());
  undelivered(lane, first, result.error());
}

std::vector<Stored> Forwarder::next_batch(Lane& lane, Peer& peer, Time now) {
  std::vector<Stored> batch;
  std::size_t bytes = 0;
  const std::size_t most = std::min(peer.most, courier_of(lane, peer).most_messages());
  while (!lane.window.empty() && batch.size() < most && bytes < most_bytes_in_flight) {
    Stored stored = lane.take();
    if (stored.expires <= now) {
      fail(peer, stored.sequence, Error(Code::deadline_exceeded, "the message expired before it was delivered"));
      box_.settle({.id = stored.id, .bytes = size_of(stored)});
      continue;
    }
    if (stored.is_corrupted) {
      bury(lane, stored, Error(Code::malformed, corrupted));
      continue;
    }
    bytes += size_of(stored);
    batch.push_back(std::move(stored));
  }
  return batch;
}

Courier& Forwarder::courier_of(const Lane& lane, Peer& peer) {
  if (!peer.courier) {
    const auto known = tls_.find(lane.name);
    peer.courier = courier_to(lane.name, known == tls_.end() ? TlsRef() : known->second, stop_.get_token());
  }
  return *peer.courier;
}

// The messages stay where they are until the answer.
void Forwarder::deliver(Lane& lane, Peer& peer, Time now) {
  std::vector<Delivery> messages;
  messages.reserve(peer.in_flight.size());
  for (const Stored& stored : peer.in_flight) {
    messages.push_back({.sequence = stored.sequence,
                        .priority = static_cast<std::uint8_t>(stored.priority),
                        .milliseconds = milliseconds_left(stored, now),
                        .interface = stored.interface,
                        .method = stored.method,
                        .metadata = stored.metadata,
                        .arguments = stored.body});
  }
  const auto answered = [weak = core_, &lane](const Result<std::vector<Refusal>>& result) {
    if (const std::shared_ptr<Core> core = weak.lock())
      core->post([&forwarder = core->forwarder(), &lane, result] { forwarder.delivered(lane, result); });
  };
  courier_of(lane, peer).deliver(sender_of(lane), lane.durable, std::move(messages), answered);
}

void Forwarder::delivered(Lane& lane, const Result<std::vector<Refusal>>& result) {
  Peer& peer = peers_[&lane];
  peer.busy = false;
  std::vector<Stored> batch = std::exchange(peer.in_flight, {});
  if (result) {
    accepted(lane, batch, *result);
  } else {
    undelivered(lane, batch, result.error());
  }
}

// Of each priority one is refused at most, and what is behind it has to wait.
void Forwarder::accepted(Lane& lane, std::vector<Stored>& batch, const std::vector<Refusal>& refused) {
  Peer& peer = peers_[&lane];
  std::array<bool, priorities> stopped{};
  peer.failures = 0;
  peer.problem.clear();
  peer.most = std::min(2 * peer.most, most_in_flight);
  for (Stored& stored : batch) {
    bool& held = stopped[static_cast<std::size_t>(stored.priority)];
    const auto found = std::ranges::find(refused, stored.sequence, &Refusal::sequence);
    if (held) {
      lane.add(std::move(stored));
    } else if (found != refused.end()) {
      held = true;
      this->refused(lane, stored, error_of(*found));
    } else {
      const auto tracked = peer.tracked.find(stored.sequence);
      if (tracked != peer.tracked.end()) {
        tracked->second.delivered = true;
        tracked->second.receipt.reach(MessageState::delivered);
      }
      box_.settle({.id = stored.id, .bytes = size_of(stored)});
    }
  }
}

void Forwarder::undelivered(Lane& lane, std::vector<Stored>& batch, const Error& error) {
  Peer& peer = peers_[&lane];
  auto rest = batch.begin();
  if (is_unreachable(error.code())) {
    peer.reached = false;
    if (!stop_.stop_requested() && std::exchange(peer.problem, error.what()) != error.what()) {
      const std::string server = net::without_password(lane.name);
      internal::log(Severity::warning, "messages to " + server + " wait: " + error.what(), {{"peer", server}});
    }
    peer.again_at =
        now() + pause_after(++peer.failures, options_.first_retry, std::min(last_pause, options_.last_retry));
  } else if (batch.size() > 1) {
    peer.most = 1;  // which of them is it?
  } else if (rest != batch.end()) {
    refused(lane, *rest++, error);
  }
  for (; rest != batch.end(); ++rest) lane.add(std::move(*rest));
}

void Forwarder::refused(Lane& lane, Stored& stored, const Error& error) {
  Peer& peer = peers_[&lane];
  ++stored.attempts;
  if (stored.attempts >= options_.max_attempts || error.code() == Code::denied) return bury(lane, stored, error);
  box_.settle({.what = Settlement::What::attempts, .id = stored.id, .attempts = stored.attempts});
  peer.again_at = now() + pause_after(stored.attempts, options_.first_retry, options_.last_retry);
  lane.add(std::move(stored));
}

void Forwarder::fail(Peer& peer, std::uint64_t sequence, const Error& error) {
  const auto tracked = peer.tracked.extract(sequence);
  if (!tracked.empty()) tracked.mapped().receipt.fail(error);
}

void Forwarder::bury(Lane& lane, const Stored& stored, const Error& error) {
  const std::string reason = std::string(to_string(error.code())) + ": " + error.what();
  const std::string server = net::without_password(lane.name);
  log_burial("a message to " + server + " is put aside: " + reason, stored, server, error);
  fail(peers_[&lane], stored.sequence, error);
  box_.settle({.what = Settlement::What::bury,
               .id = stored.id,
               .bytes = size_of(stored),
               .attempts = stored.attempts,
               .reason = reason});
}

std::set<Key> Forwarder::under_way(const Lane& lane) const {
  std::set<Key> keys;
  if (const auto found = peers_.find(&lane); found != peers_.end())
    for (const Stored& each : found->second.in_flight) keys.insert(each.key());
  return keys;
}

void Forwarder::hurry(const Lane& lane) noexcept {
  const auto found = peers_.find(&lane);
  if (found == peers_.end()) return;
  found->second.failures = 0;
  found->second.again_at = {};
}

void Forwarder::dropped(const Lane& lane, std::uint64_t sequence, const Error& error) {
  const auto found = peers_.find(&lane);
  if (found != peers_.end()) fail(found->second, sequence, error);
}

void Forwarder::moved(const Lane& from, std::uint64_t sequence, const Lane& to, std::uint64_t new_sequence) {
  const auto found = peers_.find(&from);
  if (found == peers_.end()) return;
  auto tracked = found->second.tracked.extract(sequence);
  if (tracked.empty()) return;
  tracked.key() = new_sequence;
  peers_[&to].tracked.insert(std::move(tracked));
}

Time Forwarder::ask(Lane& lane, Time now) {
  const auto found = peers_.find(&lane);
  if (found == peers_.end() || found->second.asking) return never;
  Peer& peer = found->second;
  std::erase_if(peer.tracked, [](const auto& each) { return each.second.delivered && !each.second.receipt.watched(); });
  std::vector<Delivered> messages;
  for (const auto& [sequence, tracked] : peer.tracked) {
    if (tracked.delivered && messages.size() < most_asked)
      messages.push_back({sequence, static_cast<std::uint8_t>(tracked.priority)});
  }
  if (messages.empty()) return never;
  if (peer.ask_at > now) return peer.ask_at;
  peer.asking = true;
  const auto answered = [weak = core_, &lane](const Result<std::vector<Outcome>>& result) {
    if (const std::shared_ptr<Core> core = weak.lock())
      core->post([&forwarder = core->forwarder(), &lane, result] { forwarder.outcomes(lane, result); });
  };
  courier_of(lane, peer).outcomes(sender_of(lane), lane.durable, std::move(messages), answered);
  return never;
}

void Forwarder::outcomes(Lane& lane, const Result<std::vector<Outcome>>& result) {
  Peer& peer = peers_[&lane];
  peer.asking = false;
  if (result) {
    for (const Outcome& outcome : *result) {
      const auto tracked = peer.tracked.extract(outcome.sequence);
      if (tracked.empty()) continue;
      const ReceiptSource& receipt = tracked.mapped().receipt;
      outcome.handled ? receipt.reach(MessageState::handled) : receipt.fail(Error(Code::failed, outcome.reason));
    }
  } else if (is_unreachable(result.error().code())) {
    peer.ask_at = now() + pause_after(1, options_.first_retry, options_.last_retry);
  } else {
    for (auto& [sequence, tracked] : peer.tracked)
      if (tracked.delivered) tracked.receipt.fail(result.error());
    std::erase_if(peer.tracked, [](const auto& each) { return each.second.delivered; });
  }
}

}  // namespace rpc::queue
