#include "rabbitmq/broker.h"

#include <amqp_tcp_socket.h>
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <spawn.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace {

using rpc::net::Fd;

amqp_bytes_t bytes_of(std::string_view text) { return {text.size(), const_cast<char*>(text.data())}; }

std::string text_of(amqp_bytes_t bytes) { return {static_cast<const char*>(bytes.bytes), bytes.len}; }

std::pair<Fd, Fd> pipe_ends() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
  return {Fd(ends[0]), Fd(ends[1])};
}

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

}  // namespace

bool Broker::is_installed() { return std::filesystem::exists("/usr/lib/rabbitmq/bin/rabbitmq-server"); }

Broker& Broker::get() {
  static Broker broker(1);
  return broker;
}

Broker::Broker(int nodes) {
  auto [commands, to_broker] = pipe_ends();
  auto [from_broker, answers] = pipe_ends();
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, commands.get(), STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, answers.get(), STDOUT_FILENO);
  const std::string count = std::to_string(nodes);
  const char* const words[] = {"python3", FARCALL_BROKER, count.c_str(), nullptr};
  const int failed = ::posix_spawnp(nullptr, "python3", &actions, nullptr, const_cast<char**>(words), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) throw std::runtime_error("python3 does not start");
  commands_ = std::move(to_broker);
  answers_ = std::move(from_broker);
  answers.reset();
  const std::string first = answer();
  std::istringstream said(first);
  said >> folder_;
  for (Ports ports; said >> ports.plain >> ports.tls;) ports_.push_back(ports);
  if (ports_.size() != static_cast<std::size_t>(nodes)) throw std::runtime_error("RabbitMQ does not start: " + first);
}

std::string Broker::url(const std::string& user, const std::string& vhost) const {
  std::string hosts;
  for (const Ports& node : ports_) hosts += (hosts.empty() ? "" : ",") + ("127.0.0.1:" + std::to_string(node.plain));
  return "amqp://" + user + "@" + hosts + "/" + vhost;
}

std::string Broker::tls_url(std::string parameters, const std::string& host) const {
  for (std::size_t mark = 0; (mark = parameters.find('$')) != std::string::npos;) parameters.replace(mark, 1, folder_);
  return "amqps://guest:guest@" + host + ":" + std::to_string(ports_.front().tls) + "/?" + parameters;
}

std::string Broker::answer() {
  std::string line;
  for (char c = 0; ::read(answers_.get(), &c, 1) == 1 && c != '\n';) line += c;
  return line;
}

std::string Broker::tell(const std::string& command, int node, const std::string& words) {
  const std::string line = command + " " + std::to_string(node) + " " + words + "\n";
  if (::write(commands_.get(), line.data(), line.size()) < 0) throw std::runtime_error("broker.py is gone");
  const std::string said = answer();
  if (!said.starts_with("ok")) throw std::runtime_error(line + ": " + said);
  return said.substr(2);
}

void Broker::Close::operator()(amqp_connection_state_t connection) const noexcept {
  amqp_connection_close(connection, AMQP_REPLY_SUCCESS);
  amqp_destroy_connection(connection);
}

Broker::Connection Broker::connect() const {
  Connection connection;
  const auto opens = [&connection](const Ports& node) {
    connection.reset(amqp_new_connection());
    return amqp_socket_open(amqp_tcp_socket_new(connection.get()), "127.0.0.1", node.plain) == AMQP_STATUS_OK;
  };
  if (std::ranges::none_of(ports_, opens)) throw std::runtime_error("cannot connect");
  amqp_login(connection.get(), "/", 0, 131'072, 0, AMQP_SASL_METHOD_PLAIN, "guest", "guest");
  amqp_channel_open(connection.get(), 1);
  if (amqp_get_rpc_reply(connection.get()).reply_type != AMQP_RESPONSE_NORMAL) throw std::runtime_error("no channel");
  return connection;
}

std::optional<std::uint32_t> Broker::count(std::string_view queue) {
  const Connection connection = connect();
  constexpr amqp_boolean_t passive = 1;
  const auto* const found =
      amqp_queue_declare(connection.get(), 1, bytes_of(queue), passive, 1, 0, 0, amqp_empty_table);
  return found == nullptr ? std::nullopt : std::optional(found->message_count);
}

std::optional<Broker::Found> Broker::first(std::string_view queue) {
  const Connection connection = connect();
  amqp_message_t message;
  if (amqp_basic_get(connection.get(), 1, bytes_of(queue), 0).reply.id != AMQP_BASIC_GET_OK_METHOD ||
      amqp_read_message(connection.get(), 1, &message, 0).reply_type != AMQP_RESPONSE_NORMAL)
    return std::nullopt;
  const amqp_basic_properties_t& properties = message.properties;
  const bool expires = (properties._flags & AMQP_BASIC_EXPIRATION_FLAG) != 0;
  Found found{text_of(properties.message_id), text_of(properties.type), expires ? text_of(properties.expiration) : "",
              properties.delivery_mode, text_of(message.body)};
  amqp_destroy_message(&message);
  return found;
}

void Broker::repeat(std::string_view queue, const Found& message) {
  const Connection connection = connect();
  amqp_basic_properties_t properties{};
  properties._flags = AMQP_BASIC_MESSAGE_ID_FLAG | AMQP_BASIC_TYPE_FLAG | AMQP_BASIC_DELIVERY_MODE_FLAG;
  properties.message_id = bytes_of(message.id);
  properties.type = bytes_of(message.type);
  properties.delivery_mode = AMQP_DELIVERY_PERSISTENT;
  if (!message.expiration.empty()) {
    properties._flags |= AMQP_BASIC_EXPIRATION_FLAG;
    properties.expiration = bytes_of(message.expiration);
  }
  amqp_basic_publish(connection.get(), 1, amqp_empty_bytes, bytes_of(queue), 0, 0, &properties, bytes_of(message.body));
}

void Broker::clear() {
  const Connection connection = connect();
  for (const std::string_view queue : {"farcall.Ledger", "farcall.Ledger.3", "farcall.Ledger.7", "farcall.dead"})
    amqp_queue_delete(connection.get(), 1, bytes_of(queue), 0, 0);
}

Cable::Cable(std::uint16_t to) : to_(to), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof(address);
  ::bind(listener_.get(), reinterpret_cast<sockaddr*>(&address), size);
  ::listen(listener_.get(), 8);
  ::getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  accepting_ = std::thread([this] { accept_all(); });
}

Cable::~Cable() {
  ::shutdown(listener_.get(), SHUT_RDWR);
  accepting_.join();
  release();
  cut();
  for (std::thread& thread : threads_) thread.join();
}

void Cable::accept_all() {
  for (;;) {
    auto from = std::make_shared<Fd>(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!*from) return;
    auto to = std::make_shared<Fd>(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const sockaddr_in address = loopback(to_);
    if (::connect(to->get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) continue;
    const std::lock_guard lock(mutex_);
    ends_.insert(ends_.end(), {from, to});
    threads_.emplace_back([this, from, to] { pass(from, to); });
    threads_.emplace_back([this, from, to] { pass(to, from); });
    ++connections_;
  }
}

void Cable::pass(const std::shared_ptr<Fd>& from, const std::shared_ptr<Fd>& to) {
  std::array<char, 65'536> bytes;
  ssize_t got = 0;
  while ((got = ::recv(from->get(), bytes.data(), bytes.size(), 0)) > 0) {
    std::unique_lock lock(mutex_);
    released_.wait(lock, [this] { return !held_; });
    lock.unlock();
    if (::send(to->get(), bytes.data(), static_cast<std::size_t>(got), MSG_NOSIGNAL) != got) break;
  }
  ::shutdown(to->get(), SHUT_RDWR);
}

void Cable::hold() {
  const std::lock_guard lock(mutex_);
  held_ = true;
}

void Cable::release() {
  const std::lock_guard lock(mutex_);
  held_ = false;
  released_.notify_all();
}

void Cable::cut() {
  const std::lock_guard lock(mutex_);
  for (const auto& end : ends_) ::shutdown(end->get(), SHUT_RDWR);
  ends_.clear();
}
