// A message as the broker has it: which properties say what. docs/rabbitmq.md describes it.
//
//   link.publish(queue_of(delivery.interface, delivery.priority), envelope);
//   Envelope envelope = read(properties);       // throws Error for what no sender writes
#pragma once

#include <amqp.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rpc::amqp {

/// What is sent. Refers to memory of the sender's.
struct Outgoing {
  std::string sender;
  std::uint64_t sequence = 0;  ///< rises among the sender's messages of equal priority
  std::string_view interface;
  std::string_view method;
  int priority = 0;
  bool durable = true;
  std::uint64_t milliseconds = 0;  ///< it is worth handling for so long; 0: for ever
  std::span<const std::byte> metadata;
  std::span<const std::byte> body;
};

/// What came.
struct Envelope {
  std::string sender;
  std::uint64_t sequence = 0;
  std::string interface;
  std::string method;
  int priority = 0;
  bool durable = true;
  unsigned returned = 0;  ///< how often the broker got it back from a consumer that had not handled it
  std::vector<std::byte> metadata;
  std::vector<std::byte> body;
};

/// The properties of a message, and what they refer to, which is in the message and here. Stays where it is.
class Properties {
 public:
  explicit Properties(const Outgoing& message);
  Properties(const Properties&) = delete;
  Properties& operator=(const Properties&) = delete;

  const amqp_basic_properties_t& get() const noexcept { return properties_; }

 private:
  const std::string id_;
  const std::string type_;
  const std::string life_;
  amqp_table_entry_t metadata_{};
  amqp_basic_properties_t properties_{};
};

/// All but the body. Throws Error (malformed), which says what is missing.
Envelope read(const amqp_basic_properties_t& properties);

/// Null if it is not there.
const amqp_field_value_t* find(const amqp_table_t& table, std::string_view name) noexcept;

/// 0 if it is not there, or no number.
unsigned count_of(const amqp_field_value_t* value) noexcept;

/// The text that bytes of the broker's are.
inline std::string_view text_of(amqp_bytes_t bytes) noexcept {
  return {static_cast<const char*>(bytes.bytes), bytes.len};
}

/// The other way round, for as long as the text lives.
inline amqp_bytes_t bytes_of(std::string_view text) noexcept {
  return {text.size(), const_cast<char*>(text.data())};  // what is sent is only read
}
inline amqp_bytes_t bytes_of(std::span<const std::byte> bytes) noexcept {
  return bytes_of(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

}  // namespace rpc::amqp
