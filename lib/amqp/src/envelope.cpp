#include "envelope.h"

#include <rpc/error.h>

#include <algorithm>
#include <charconv>

namespace rpc::amqp {

namespace {

constexpr std::string_view metadata_header = "farcall-metadata";
constexpr std::string_view returns_header = "x-delivery-count";  // of the broker

const amqp_field_value_t* header(const amqp_basic_properties_t& properties, std::string_view name) noexcept {
  return (properties._flags & AMQP_BASIC_HEADERS_FLAG) == 0 ? nullptr : find(properties.headers, name);
}

[[noreturn]] void refuse(const char* what) {
  throw Error(Code::malformed, std::string("no message of Farcall: ") + what);
}

}  // namespace

const amqp_field_value_t* find(const amqp_table_t& table, std::string_view name) noexcept {
  const std::span entries(table.entries, static_cast<std::size_t>(table.num_entries));
  const auto found = std::ranges::find_if(entries, [name](const auto& entry) { return text_of(entry.key) == name; });
  return found == entries.end() ? nullptr : &found->value;
}

// The broker writes counts as numbers of whatever size fits.
unsigned count_of(const amqp_field_value_t* value) noexcept {
  if (value == nullptr) return 0;
  switch (value->kind) {
    case AMQP_FIELD_KIND_U8: return value->value.u8;
    case AMQP_FIELD_KIND_I32: return static_cast<unsigned>(std::max(value->value.i32, 0));
    case AMQP_FIELD_KIND_I64: return static_cast<unsigned>(std::clamp<std::int64_t>(value->value.i64, 0, 1 << 30));
    default: return 0;
  }
}

Properties::Properties(const Outgoing& message)
    : id_(message.sender + "#" + std::to_string(message.sequence)),
      type_(std::string(message.interface) + "." + std::string(message.method)),
      life_(std::to_string(message.milliseconds)) {
  properties_._flags = AMQP_BASIC_MESSAGE_ID_FLAG | AMQP_BASIC_TYPE_FLAG | AMQP_BASIC_DELIVERY_MODE_FLAG |
                       AMQP_BASIC_PRIORITY_FLAG | AMQP_BASIC_CONTENT_TYPE_FLAG;
  properties_.message_id = amqp::bytes_of(id_);
  properties_.type = amqp::bytes_of(type_);
  properties_.content_type = amqp::bytes_of("application/protobuf");
  properties_.delivery_mode = message.durable ? AMQP_DELIVERY_PERSISTENT : AMQP_DELIVERY_NONPERSISTENT;
  properties_.priority = static_cast<std::uint8_t>(message.priority);
  if (message.milliseconds != 0) {
    properties_._flags |= AMQP_BASIC_EXPIRATION_FLAG;
    properties_.expiration = amqp::bytes_of(life_);
  }
  if (message.metadata.empty()) return;
  metadata_.key = amqp::bytes_of(metadata_header);
  metadata_.value.kind = AMQP_FIELD_KIND_BYTES;
  metadata_.value.value.bytes = bytes_of(message.metadata);
  properties_._flags |= AMQP_BASIC_HEADERS_FLAG;
  properties_.headers = {1, &metadata_};
}

Envelope read(const amqp_basic_properties_t& properties) {
  if ((properties._flags & AMQP_BASIC_MESSAGE_ID_FLAG) == 0) refuse("it has no message id");
  if ((properties._flags & AMQP_BASIC_TYPE_FLAG) == 0) refuse("it has no type");
  const std::string_view id = text_of(properties.message_id);
  const std::string_view type = text_of(properties.type);
  const std::size_t mark = id.rfind('#');
  const std::size_t dot = type.rfind('.');
  if (mark == std::string_view::npos || mark == 0) refuse("its id is not SENDER#NUMBER");
  if (dot == std::string_view::npos) refuse("its type is not INTERFACE.METHOD");
  Envelope envelope{.sender = std::string(id.substr(0, mark)),
                    .interface = std::string(type.substr(0, dot)),
                    .method = std::string(type.substr(dot + 1)),
                    .durable = properties.delivery_mode == AMQP_DELIVERY_PERSISTENT,
                    .returned = count_of(header(properties, returns_header))};
  const auto [end, error] = std::from_chars(id.data() + mark + 1, id.data() + id.size(), envelope.sequence);
  if (error != std::errc{} || end != id.data() + id.size()) refuse("its id is not SENDER#NUMBER");
  if ((properties._flags & AMQP_BASIC_PRIORITY_FLAG) != 0) envelope.priority = std::min<int>(properties.priority, 7);
  const amqp_field_value_t* const metadata = header(properties, metadata_header);
  if (metadata != nullptr && metadata->kind == AMQP_FIELD_KIND_BYTES) {
    const auto* const first = static_cast<const std::byte*>(metadata->value.bytes.bytes);
    envelope.metadata.assign(first, first + metadata->value.bytes.len);
  }
  return envelope;
}

}  // namespace rpc::amqp
