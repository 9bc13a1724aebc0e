#include "link.h"

#include "log.h"

#include <amqp_framing.h>
#include <amqp_tcp_socket.h>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <random>
#include <utility>

namespace rpc::amqp {

namespace {

constexpr amqp_channel_t channel = 1;
constexpr int frame_max = 131'072;

/// For a host to be connected to, and for each answer.
timeval patience() noexcept { return {.tv_sec = 5, .tv_usec = 0}; }

/// Heartbeats for which data may go unacknowledged: by a host that vanished without a word, or whose broker does not
/// read.
constexpr int heartbeats_missed = 3;

amqp_table_entry_t flag(const char* key) noexcept {
  amqp_table_entry_t entry{};
  entry.key = bytes_of(key);
  entry.value.kind = AMQP_FIELD_KIND_BOOLEAN;
  entry.value.value.boolean = 1;
  return entry;
}

/// What the broker said when it closed the channel or the connection.
std::string reason_of(const amqp_method_t& method) {
  if (method.id == AMQP_CONNECTION_CLOSE_METHOD)
    return std::string(text_of(static_cast<const amqp_connection_close_t*>(method.decoded)->reply_text));
  if (method.id == AMQP_CHANNEL_CLOSE_METHOD)
    return std::string(text_of(static_cast<const amqp_channel_close_t*>(method.decoded)->reply_text));
  return "unexpected answer";
}

}  // namespace

Link::Link(const Address& address) {
  thread_local std::minstd_rand random{std::random_device{}()};
  const std::size_t count = address.hosts.size();
  const std::size_t first = std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
  std::optional<std::string> refused;
  std::string problems;
  for (std::size_t i = 0; i < count; ++i) {
    try {
      open(address, address.hosts[(first + i) % count]);
      return;
    } catch (const Refused& error) {
      refused = error.what();
    } catch (const Error& error) {
      problems += (problems.empty() ? "" : "; ") + std::string(error.what());
    }
  }
  if (refused) throw Refused(*refused);
  throw Error(Code::unavailable, problems);
}

Link::~Link() {
  if (!is_lost_) amqp_connection_close(connection_.get(), AMQP_REPLY_SUCCESS);
}

void Link::open(const Address& address, const Address::Host& host) {
  peer_ = host.name + ":" + std::to_string(host.port);
  connection_.reset(amqp_new_connection());
  amqp_socket_t* const socket = connection_ ? new_socket(address, host) : nullptr;
  if (socket == nullptr) lost("out of memory");
  timeval most = patience();
  const int opened = amqp_socket_open_noblock(socket, host.name.c_str(), host.port, &most);
  if (opened != AMQP_STATUS_OK) lost(amqp_error_string2(opened));
  const auto vanished = static_cast<unsigned>(std::chrono::milliseconds(heartbeats_missed * address.heartbeat).count());
  ::setsockopt(fd(), IPPROTO_TCP, TCP_USER_TIMEOUT, &vanished, sizeof(vanished));
  amqp_set_handshake_timeout(connection_.get(), &most);
  amqp_set_rpc_timeout(connection_.get(), &most);
  log_in(address);
  is_lost_ = false;
  amqp_channel_open(connection_.get(), channel);
  check_last("open a channel");
}

amqp_socket_t* Link::new_socket(const Address& address, const Address::Host& host) {
  if (!address.tls) return amqp_tcp_socket_new(connection_.get());
  return tls_.emplace(*address.tls, host.name).socket(connection_.get());
}

// A broker says that it is short of something, and that a queue is gone, to who says that it wants to know.
void Link::log_in(const Address& address) {
  amqp_table_entry_t abilities[] = {flag("connection.blocked"), flag("consumer_cancel_notify"), flag("basic.nack"),
                                    flag("publisher_confirms"), flag("authentication_failure_close")};
  amqp_table_entry_t properties[1]{};
  properties[0].key = bytes_of("capabilities");
  properties[0].value.kind = AMQP_FIELD_KIND_TABLE;
  properties[0].value.value.table = {std::size(abilities), abilities};
  const amqp_table_t table{std::size(properties), properties};
  const amqp_rpc_reply_t reply =
      amqp_login_with_properties(connection_.get(), address.vhost.c_str(), AMQP_DEFAULT_MAX_CHANNELS, frame_max,
                                 static_cast<int>(address.heartbeat.count()), &table, AMQP_SASL_METHOD_PLAIN,
                                 address.user.c_str(), address.password.c_str());
  // By TLS 1.3 a broker says what is wrong with a certificate after the handshake, and this end may miss that.
  if (tls_ && reply.reply_type == AMQP_RESPONSE_LIBRARY_EXCEPTION && reply.library_error != AMQP_STATUS_TIMEOUT &&
      tls_->problem().empty()) {
    is_lost_ = true;
    throw Refused("no connection with RabbitMQ at " + peer_ + ": it ended TLS after the handshake; perhaps " +
                  tls_->about_own_certificate());
  }
  check(reply, "log in as " + address.user + " to vhost " + address.vhost);
}

void Link::check(const amqp_rpc_reply_t& reply, std::string_view what) const {
  if (reply.reply_type == AMQP_RESPONSE_NORMAL) return;
  if (reply.reply_type == AMQP_RESPONSE_SERVER_EXCEPTION) {
    is_lost_ = true;
    throw Refused("RabbitMQ at " + peer_ + " refuses to " + std::string(what) + ": " + reason_of(reply.reply));
  }
  const char* const why =
      reply.reply_type == AMQP_RESPONSE_NONE ? "no answer" : amqp_error_string2(reply.library_error);
  lost(std::string(why) + ", to " + std::string(what));
}

void Link::lost(const std::string& why) const {
  is_lost_ = true;
  const std::string begin = "no connection with RabbitMQ at " + peer_ + ": ";
  if (!tls_) throw Error(Code::unavailable, begin + why);
  if (const std::string problem = tls_->problem(); !problem.empty()) throw Refused(begin + problem);
  const std::string reason = Tls::reason();
  throw Error(Code::unavailable, begin + why + (reason.empty() ? "" : ": " + reason));
}

void Link::sent(int status) const {
  if (status < 0) lost(amqp_error_string2(status));
}

bool Link::is_writable() const noexcept {
  pollfd polled{fd(), POLLOUT, 0};
  return ::poll(&polled, 1, 0) == 1;
}

void Link::interrupt() const noexcept { ::shutdown(fd(), SHUT_RDWR); }

void Link::confirm_publications() {
  amqp_confirm_select(connection_.get(), channel);
  check_last("confirm publications");
}

void Link::declare_fanout(std::string_view name) {
  amqp_exchange_declare(connection_.get(), channel, bytes_of(name), bytes_of("fanout"), 0, 1, 0, 0, amqp_empty_table);
  check_last("declare the exchange " + std::string(name));
}

std::uint32_t Link::declare_queue(std::string_view name, std::span<amqp_table_entry_t> arguments) {
  const amqp_table_t table{static_cast<int>(arguments.size()), arguments.data()};
  const auto* const declared = amqp_queue_declare(connection_.get(), channel, bytes_of(name), 0, 1, 0, 0, table);
  check_last("declare the queue " + std::string(name));
  return declared->consumer_count;
}

void Link::bind(std::string_view queue, std::string_view exchange) {
  amqp_queue_bind(connection_.get(), channel, bytes_of(queue), bytes_of(exchange), amqp_empty_bytes, amqp_empty_table);
  check_last("bind the queue " + std::string(queue));
}

void Link::consume(const std::string& queue, std::uint16_t prefetch) {
  amqp_basic_qos(connection_.get(), channel, 0, prefetch, 0);
  check_last("limit what comes from " + queue);
  amqp_basic_consume(connection_.get(), channel, bytes_of(queue), bytes_of(queue), 0, 0, 0, amqp_empty_table);
  check_last("consume from " + queue);
}

std::optional<Taken> Link::get(std::string_view queue) {
  const amqp_rpc_reply_t reply = amqp_basic_get(connection_.get(), channel, bytes_of(queue), 0);
  check(reply, "take from " + std::string(queue));
  if (reply.reply.id != AMQP_BASIC_GET_OK_METHOD) return std::nullopt;
  const auto& ok = *static_cast<const amqp_basic_get_ok_t*>(reply.reply.decoded);
  Taken taken;
  taken.tag = ok.delivery_tag;
  taken.left = ok.message_count;
  check(amqp_read_message(connection_.get(), channel, &taken.message_, 0), "take from " + std::string(queue));
  return taken;
}

std::optional<QueueSize> Link::size_of(std::string_view queue) {
  constexpr amqp_boolean_t passive = 1;
  const auto* const found =
      amqp_queue_declare(connection_.get(), channel, bytes_of(queue), passive, 1, 0, 0, amqp_empty_table);
  const amqp_rpc_reply_t reply = amqp_get_rpc_reply(connection_.get());
  if (reply.reply_type == AMQP_RESPONSE_SERVER_EXCEPTION && reply.reply.id == AMQP_CHANNEL_CLOSE_METHOD &&
      static_cast<const amqp_channel_close_t*>(reply.reply.decoded)->reply_code == AMQP_NOT_FOUND) {
    return std::nullopt;
  }
  check(reply, "look at the queue " + std::string(queue));
  return QueueSize{found->message_count, found->consumer_count};
}

void Link::publish(const std::string& queue, const Outgoing& message) {
  const Properties properties(message);
  publish(queue, properties.get(), bytes_of(message.body));
}

void Link::publish(const std::string& queue, const amqp_basic_properties_t& properties, amqp_bytes_t body) {
  constexpr amqp_boolean_t mandatory = 1;
  sent(amqp_basic_publish(connection_.get(), channel, amqp_empty_bytes, bytes_of(queue), mandatory, 0, &properties,
                          body));
}

void Link::acknowledge(std::uint64_t tag) { sent(amqp_basic_ack(connection_.get(), channel, tag, 0)); }

void Link::reject(std::uint64_t tag) { sent(amqp_basic_reject(connection_.get(), channel, tag, 0)); }

std::optional<Event> Link::read() {
  for (;;) {
    amqp_maybe_release_buffers(connection_.get());
    amqp_frame_t frame;
    timeval none{};
    const int status = amqp_simple_wait_frame_noblock(connection_.get(), &frame, &none);
    if (status == AMQP_STATUS_TIMEOUT) return std::nullopt;
    sent(status);
    if (std::optional<Event> event = take(frame)) return event;
  }
}

std::optional<Event> Link::take(const amqp_frame_t& frame) {
  switch (frame.frame_type) {
    case AMQP_FRAME_METHOD: return take_method(frame.payload.method);
    case AMQP_FRAME_HEADER:
      return take_header(*static_cast<const amqp_basic_properties_t*>(frame.payload.properties.decoded),
                         frame.payload.properties.body_size);
    case AMQP_FRAME_BODY: {
      if (!content_) return std::nullopt;
      const amqp_bytes_t part = frame.payload.body_fragment;
      const auto* const first = static_cast<const std::byte*>(part.bytes);
      content_->body.insert(content_->body.end(), first, first + part.len);
      return finished();
    }
    default: return std::nullopt;
  }
}

std::optional<Event> Link::take_method(const amqp_method_t& method) {
  switch (method.id) {
    case AMQP_BASIC_ACK_METHOD: {
      const auto& ack = *static_cast<const amqp_basic_ack_t*>(method.decoded);
      return Confirmation{ack.delivery_tag, ack.multiple != 0, true};
    }
    case AMQP_BASIC_NACK_METHOD: {
      const auto& nack = *static_cast<const amqp_basic_nack_t*>(method.decoded);
      return Confirmation{nack.delivery_tag, nack.multiple != 0, false};
    }
    case AMQP_BASIC_RETURN_METHOD:
      content_ = {
          Returned{std::string(text_of(static_cast<const amqp_basic_return_t*>(method.decoded)->routing_key)), 0}};
      return std::nullopt;
    case AMQP_BASIC_DELIVER_METHOD: {
      const auto& deliver = *static_cast<const amqp_basic_deliver_t*>(method.decoded);
      content_ = {Arrival{deliver.delivery_tag, std::string(text_of(deliver.consumer_tag)), std::nullopt}};
      return std::nullopt;
    }
    case AMQP_CONNECTION_BLOCKED_METHOD:
      blocked_ = text_of(static_cast<const amqp_connection_blocked_t*>(method.decoded)->reason);
      internal::log(Severity::warning, "RabbitMQ at " + peer_ + " takes no messages for now: " + *blocked_);
      return std::nullopt;
    case AMQP_CONNECTION_UNBLOCKED_METHOD: blocked_.reset(); return std::nullopt;
    case AMQP_BASIC_CANCEL_METHOD: lost("a queue was deleted");
    case AMQP_CHANNEL_CLOSE_METHOD:
    case AMQP_CONNECTION_CLOSE_METHOD: lost(reason_of(method));
    default: return std::nullopt;
  }
}

std::optional<Event> Link::take_header(const amqp_basic_properties_t& properties, std::uint64_t size) {
  if (!content_) return std::nullopt;
  content_->size = size;
  content_->has_header = true;
  auto* const arrival = std::get_if<Arrival>(&content_->head);
  try {
    Envelope envelope = amqp::read(properties);
    if (arrival == nullptr) {
      std::get<Returned>(content_->head).sequence = envelope.sequence;
    } else {
      arrival->envelope = std::move(envelope);
    }
  } catch (const Error& error) {
    internal::log(Severity::error, "in " + (arrival != nullptr ? arrival->queue : peer_) + " is " + error.what());
  }
  return finished();
}

std::optional<Event> Link::finished() {
  if (!content_->has_header || content_->body.size() < content_->size) return std::nullopt;
  Content content = std::move(*content_);
  content_.reset();
  auto* const arrival = std::get_if<Arrival>(&content.head);
  if (arrival == nullptr) return std::get<Returned>(std::move(content.head));
  if (arrival->envelope) arrival->envelope->body = std::move(content.body);
  return std::move(*arrival);
}

}  // namespace rpc::amqp
