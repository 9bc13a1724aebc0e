#include "dead_letters.h"

#include "metadata.h"
#include "queue/selection.h"
#include "topology.h"

#include <poll.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <span>
#include <tuple>
#include <utility>

namespace rpc::amqp {

namespace {

/// Sent again together.
constexpr std::size_t most_at_once = 256;

/// For the broker to confirm one more of what is sent again.
constexpr std::chrono::seconds confirmation_time{10};

/// How and when a message was put aside, the last time; the broker writes it down.
struct Death {
  std::string queue;
  std::string reason;
  std::string life;  // of its time to live
  std::chrono::sys_time<std::chrono::milliseconds> at;
  std::uint32_t times = 0;
};

std::string text_in(const amqp_table_t& table, std::string_view name) {
  const amqp_field_value_t* const value = find(table, name);
  return value != nullptr && value->kind == AMQP_FIELD_KIND_UTF8 ? std::string(text_of(value->value.bytes)) : "";
}

Death death_of(const amqp_basic_properties_t& properties) {
  if ((properties._flags & AMQP_BASIC_HEADERS_FLAG) == 0) return {};
  const amqp_field_value_t* const all = find(properties.headers, "x-death");
  if (all == nullptr || all->kind != AMQP_FIELD_KIND_ARRAY || all->value.array.num_entries == 0) return {};
  const std::span deaths(all->value.array.entries, static_cast<std::size_t>(all->value.array.num_entries));
  Death death;
  for (const amqp_field_value_t& each : deaths) {
    if (each.kind != AMQP_FIELD_KIND_TABLE) return {};
    death.times += count_of(find(each.value.table, "count"));
  }
  const amqp_table_t& last = deaths.front().value.table;
  death.queue = text_in(last, "queue");
  death.reason = text_in(last, "reason");
  death.life = text_in(last, "original-expiration");
  const amqp_field_value_t* const time = find(last, "time");
  if (time != nullptr && time->kind == AMQP_FIELD_KIND_TIMESTAMP)
    death.at = std::chrono::sys_seconds(std::chrono::seconds(time->value.u64));
  return death;
}

/// RabbitMQ's words are for who knows RabbitMQ.
std::string explained(const std::string& reason) {
  if (reason == "rejected")
    return "rejected: its handler failed too often, or the server does not have or allow the method; its log tells";
  if (reason == "expired") return "expired: its time to live was over";
  if (reason == "delivery_limit") return "delivery_limit: each server that had it ended, or lost the connection";
  return reason;
}

QueuedMessage message_of(const Taken& taken) {
  const amqp_basic_properties_t& properties = taken.properties();
  const Death death = death_of(properties);
  QueuedMessage message{.box = QueueBox::broker,
                        .dead = true,
                        .bytes = taken.body().len,
                        .attempts = death.times,
                        .stored = death.at,
                        .reason = explained(death.reason)};
  if ((properties._flags & AMQP_BASIC_MESSAGE_ID_FLAG) != 0) message.id = text_of(properties.message_id);
  try {
    const Envelope envelope = read(properties);
    message.peer = envelope.sender;
    message.interface = envelope.interface;
    message.method = envelope.method;
    message.bytes += envelope.metadata.size();
    message.priority = static_cast<std::uint8_t>(envelope.priority);
  } catch (const Error& error) {
    message.reason = error.what();
  }
  return message;
}

bool matches(const QueueFilter& filter, const QueuedMessage& message) {
  return filter.box.value_or(QueueBox::broker) == QueueBox::broker && message.peer.starts_with(filter.peer) &&
         queue::is_of(filter.method, message.interface, message.method);
}

void only_dead(const QueueFilter& filter) {
  if (filter.dead.value_or(false)) return;
  throw Error(
      Code::unimplemented,
      "what waits at a broker is its servers': only dead letters can be looked at, tried again and deleted there");
}

/// To the queue where it was put aside, as it was then.
void send_again(Link& link, const Taken& taken, const std::string& queue, const std::string& life) {
  amqp_basic_properties_t properties = taken.properties();
  if (!life.empty()) {
    properties._flags |= AMQP_BASIC_EXPIRATION_FLAG;
    properties.expiration = bytes_of(life);
  }
  link.publish(queue, properties, taken.body());
}

/// Of the last `count` of all that were published.
void await_confirmations(Link& link, std::uint64_t published, std::size_t count) {
  std::set<std::uint64_t> open;
  for (std::uint64_t tag = published - count + 1; tag <= published; ++tag) open.insert(tag);
  const auto until = std::chrono::steady_clock::now() + confirmation_time;
  while (!open.empty()) {
    pollfd polled{link.fd(), POLLIN, 0};
    ::poll(&polled, 1, 100);
    while (const std::optional<Event> event = link.read()) {
      const auto* const confirmation = std::get_if<Confirmation>(&*event);
      if (confirmation == nullptr || !confirmation->stored)
        throw Error(Code::unavailable, "RabbitMQ did not take back what was to be sent again");
      if (confirmation->multiple) open.erase(open.begin(), open.lower_bound(confirmation->tag));
      open.erase(confirmation->tag);
    }
    if (std::chrono::steady_clock::now() >= until)
      throw Error(Code::unavailable, "RabbitMQ does not confirm what was sent again");
  }
}

}  // namespace

void DeadLetters::begin() {
  link_ = std::make_unique<Link>(address_);
  declare_dead_letters(*link_);
  link_->confirm_publications();
  left_ = 0;
  seen_ = 0;
  published_ = 0;
}

std::optional<DeadLetters::Letter> DeadLetters::next() {
  if (seen_ != 0 && left_ == 0) return std::nullopt;
  std::optional<Taken> taken = link_->get(dead_letters);
  if (!taken) return std::nullopt;
  left_ = seen_++ == 0 ? taken->left : left_ - 1;
  QueuedMessage message = message_of(*taken);
  return Letter{std::move(*taken), std::move(message)};
}

QueuePage DeadLetters::list(QueueFilter filter, std::string after, std::uint32_t limit) {
  only_dead(filter);
  if (after.empty() || !link_) begin();
  QueuePage page;
  while (page.messages.size() < std::max(limit, std::uint32_t{1})) {
    std::optional<Letter> letter = next();
    if (!letter) return page;
    if (matches(filter, letter->message)) page.messages.push_back(std::move(letter->message));
  }
  page.next = std::to_string(seen_);
  return page;
}

QueueTally DeadLetters::tally(std::string) {
  std::map<std::pair<std::string, std::uint8_t>, QueueGroup> groups;
  begin();
  while (const std::optional<Letter> letter = next()) {
    const QueuedMessage& message = letter->message;
    QueueGroup& group = groups[{message.peer, message.priority}];
    group.oldest = group.messages == 0 ? message.stored : std::min(group.oldest, message.stored);
    ++group.messages;
    group.bytes += message.bytes;
    group.attempts += message.attempts;
  }
  QueueTally tally;
  for (auto& [key, group] : groups) {
    group.box = QueueBox::broker;
    group.dead = true;
    std::tie(group.peer, group.priority) = key;
    tally.groups.push_back(std::move(group));
  }
  return tally;
}

std::vector<DeadLetters::Letter> DeadLetters::named(const std::vector<std::string>& ids) {
  std::set<std::string> wanted(ids.begin(), ids.end());
  std::vector<Letter> found;
  while (!wanted.empty()) {
    std::optional<Letter> letter = next();
    if (!letter) break;
    if (wanted.erase(letter->message.id) != 0) found.push_back(std::move(*letter));
  }
  std::string unknown;
  for (const std::string& id : wanted) unknown += (unknown.empty() ? "'" : ", '") + id + "'";
  if (!unknown.empty())
    throw Error(Code::failed, unknown + ": no such dead letter is there (any more); nothing was changed");
  return found;
}

QueueContents DeadLetters::peek(std::string id) {
  begin();
  Letter letter = std::move(named({id}).front());
  QueueContents contents{.message = std::move(letter.message)};
  const auto* const first = static_cast<const std::byte*>(letter.taken.body().bytes);
  contents.arguments.assign(first, first + letter.taken.body().len);
  if (contents.message.method.empty()) return contents;
  internal::for_each_pair(read(letter.taken.properties()).metadata, Limits(), [&](auto key, auto value) {
    contents.metadata.emplace_back(key, value);
    return true;
  });
  return contents;
}

QueueChange DeadLetters::change(const QueueSelection& what, const Can& can, const Use& use) {
  queue::check(what);
  if (what.matching) only_dead(*what.matching);
  begin();
  QueueChange change{.ids = what.ids};
  std::vector<Letter> some = named(what.ids);
  for (const Letter& letter : some) {
    if (!can(letter.message))
      throw Error(Code::failed, "'" + letter.message.id + "' is " + letter.message.reason + "; nothing was changed");
  }
  const auto finish = [&] {
    use(*link_, some);
    for (const Letter& letter : some) link_->acknowledge(letter.taken.tag);
    change.changed += some.size();
    some.clear();
  };
  if (what.ids.empty()) {
    while (std::optional<Letter> letter = next()) {
      if (matches(*what.matching, letter->message) && can(letter->message)) some.push_back(std::move(*letter));
      if (some.size() == most_at_once) finish();
    }
  }
  finish();
  link_.reset();  // the broker has heard of all of it when this is closed
  return change;
}

// A letter is deleted when its copy is stored. If this ends between the two, servers recognise one of them.
QueueChange DeadLetters::retry(QueueSelection what) {
  std::set<std::string> declared;
  const auto is_of_farcall = [](const QueuedMessage& message) { return !message.method.empty(); };
  return change(what, is_of_farcall, [&](Link& link, const std::vector<Letter>& letters) {
    for (const auto& [taken, message] : letters) {
      const Death death = death_of(taken.properties());
      const std::string queue = death.queue.starts_with("farcall.") ? death.queue : queue_of(message.interface, 0);
      if (declared.insert(queue).second) declare_queue(link, queue);
      send_again(link, taken, queue, death.life);
      ++published_;
    }
    await_confirmations(link, published_, letters.size());
  });
}

QueueChange DeadLetters::purge(QueueSelection what) {
  return change(what, [](const QueuedMessage&) { return true; }, [](Link&, const std::vector<Letter>&) {});
}

QueueChange DeadLetters::move(QueueSelection, std::string) {
  throw Error(Code::unimplemented,
              "what a broker has stays there: only messages that wait at their sender can be moved");
}

std::vector<BrokerQueue> sizes_of(const Address& address, const std::vector<std::string>& interfaces) {
  std::vector<BrokerQueue> found;
  std::optional<Link> link;
  for (const std::string& interface : interfaces) {
    for (int priority = 0; priority < 8; ++priority) {
      const std::string name = queue_of(interface, priority);
      if (!link) link.emplace(address);
      const std::optional<QueueSize> size = link->size_of(name);
      if (size) found.push_back({name, size->messages, size->consumers});
      if (!size) link.reset();  // the broker has closed its channel
    }
  }
  return found;
}

}  // namespace rpc::amqp
