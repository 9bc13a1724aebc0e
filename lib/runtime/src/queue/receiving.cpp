#include "queue/receiving.h"

#include <rpc/this_call.h>

#include <array>
#include <utility>

namespace rpc::queue {

namespace {

/// Names are 32 digits; others may have their own.
constexpr std::size_t longest_sender = 256;

Refusal refusal_of(std::uint64_t sequence, const Error& error) {
  return {sequence, static_cast<std::uint8_t>(error.code()), error.what()};
}

Stored to_store(const Delivery& message) {
  constexpr std::uint64_t longest_life = std::uint64_t{1} << 40;  // 34 years
  const std::chrono::milliseconds life{static_cast<std::int64_t>(std::min(message.milliseconds, longest_life))};
  return {.sequence = message.sequence,
          .priority = message.priority,
          .life = life,
          .expires = life.count() == 0 ? never : std::chrono::steady_clock::now() + life,
          .interface = std::string(message.interface),
          .method = std::string(message.method),
          .metadata = {message.metadata.begin(), message.metadata.end()},
          .body = {message.arguments.begin(), message.arguments.end()}};
}

}  // namespace

void Receiving::check(const std::string& sender, const std::vector<Delivery>& messages) {
  if (sender.empty() || sender.size() > longest_sender)
    throw Error(Code::malformed, "a sender's name has 1 to 256 bytes");
  for (const Delivery& message : messages) {
    if (message.priority > most_urgent) throw Error(Code::malformed, "a message's priority is from 0 to 7");
    if (message.sequence == 0 || message.sequence >> 56 != 0)
      throw Error(Code::malformed, "a message's sequence is from 1 to 2^56 - 1");
  }
}

Receiving::Receiving(Core& core, Box& box, const MessageReceiver& receiver, From from,
                     const std::vector<Delivery>& messages, Reply<std::vector<Refusal>> done)
    : core_(core), box_(box), from_(std::move(from)), done_(std::move(done)) {
  std::array<bool, priorities> stopped{};
  for (const Delivery& message : messages) {
    bool& held = stopped[message.priority];
    if (held) continue;
    if (const std::optional<Error> error = refusal(receiver, message)) {
      refused_.push_back(refusal_of(message.sequence, *error));
      held = true;
    } else {
      entries_.push_back({to_store(message)});
    }
  }
}

std::optional<Error> Receiving::refusal(const MessageReceiver& receiver, const Delivery& message) const {
  const std::size_t size = message.arguments.size() + message.metadata.size();
  const std::size_t limit = core_.options().max_message;
  if (size > limit)
    return Error(Code::too_large, "a message of " + std::to_string(size) + " bytes is longer than the receiver's " +
                                      "QueueOptions::max_message of " + std::to_string(limit));
  return receiver.refusal(message.interface, message.method, this_call().peer(), message.metadata);
}

void Receiving::apply() {
  over_quota_.clear();
  lane_ = &box_.lane(from_.sender, from_.durable);
  Seen& seen = box_.change_seen(*lane_);
  std::array<bool, priorities> stopped{};
  bool any = false;
  for (Entry& entry : entries_) {
    const auto priority = static_cast<std::size_t>(entry.stored.priority);
    entry.is_new = !stopped[priority] && entry.stored.sequence > seen[priority];
    if (!entry.is_new) continue;
    if (const std::optional<Error> error = core_.over_quota(size_of(entry.stored))) {
      over_quota_.push_back(refusal_of(entry.stored.sequence, Error(Code::unavailable, error->what())));
      stopped[priority] = true;
      entry.is_new = false;
      continue;
    }
    box_.store(*lane_, entry.stored);
    seen[priority] = entry.stored.sequence;
    any = true;
  }
  if (any && from_.durable) box_.write_lane(*lane_);
}

void Receiving::done(const Error* error) noexcept {
  if (error != nullptr) {
    done_(*error);
  } else {
    for (Entry& entry : entries_)
      if (entry.is_new) lane_->add(std::move(entry.stored));
    refused_.insert(refused_.end(), over_quota_.begin(), over_quota_.end());
    done_(std::move(refused_));
  }
  delete this;
}

}  // namespace rpc::queue
