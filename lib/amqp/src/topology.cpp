#include "topology.h"

#include "envelope.h"

#include <rpc/error.h>

#include <array>

namespace rpc::amqp {

namespace {

/// How often the broker gives a message again whose consumer went away before it answered. With the attempts of
/// QueueOptions, which do not count here, no message that ends its process does so for ever.
constexpr int most_returns = 20;

/// Who looks at dead letters gives them back. Later versions of RabbitMQ drop what came back 20 times, unless told.
constexpr int most_looks = 1'000'000'000;

amqp_table_entry_t entry(std::string_view key, std::string_view value) {
  amqp_table_entry_t made{};
  made.key = bytes_of(key);
  made.value.kind = AMQP_FIELD_KIND_UTF8;
  made.value.value.bytes = bytes_of(value);
  return made;
}

amqp_table_entry_t entry(std::string_view key, int value) {
  amqp_table_entry_t made{};
  made.key = bytes_of(key);
  made.value.kind = AMQP_FIELD_KIND_I32;
  made.value.value.i32 = value;
  return made;
}

}  // namespace

std::string queue_of(std::string_view interface, int priority) {
  std::string name = "farcall." + std::string(interface);
  if (priority != 0) name += "." + std::to_string(priority);
  if (name.size() > 255) throw Error(Code::too_large, "the name of a queue has at most 255 bytes, not as " + name);
  return name;
}

void declare_dead_letters(Link& link) {
  std::array arguments{entry("x-queue-type", "quorum"), entry("x-delivery-limit", most_looks)};
  link.declare_fanout(dead_letters);
  link.declare_queue(dead_letters, arguments);
  link.bind(dead_letters, dead_letters);
}

// Dead letters are moved like messages are sent, until they are confirmed, which the broker does for queues alone that
// refuse what is too much.
std::uint32_t declare_queue(Link& link, const std::string& name) {
  declare_dead_letters(link);
  std::array arguments{entry("x-queue-type", "quorum"), entry("x-delivery-limit", most_returns),
                       entry("x-dead-letter-exchange", dead_letters), entry("x-dead-letter-strategy", "at-least-once"),
                       entry("x-overflow", "reject-publish")};
  return link.declare_queue(name, arguments);
}

}  // namespace rpc::amqp
