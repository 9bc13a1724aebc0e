#include "net/url.h"

#include "control_character.h"
#include "net/broker.h"

#include <rpc/error.h>

#include <sys/un.h>

#include <algorithm>
#include <charconv>

namespace rpc::net {

namespace {

[[noreturn]] void refuse(std::string_view text, std::string_view reason) {
  std::string shown = without_password(text);
  std::ranges::replace_if(shown, internal::is_control, '?');
  throw Error(
      Code::unavailable,
      "malformed address \"" + shown + "\": " + std::string(reason) +
          "; write tcp://host:port, tcp://[ipv6]:port, tls://host:port, unix:/path, inproc:name or amqp://host/vhost");
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

std::uint16_t parse_port(std::string_view whole, std::string_view digits) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc{} || end != digits.data() + digits.size()) {
    refuse(whole, "the port is a number from 0 to 65535");
  }
  return port;
}

Url parse_tcp(Url::Scheme scheme, std::string_view whole, std::string_view rest) {
  if (rest.find(',') != std::string_view::npos) refuse(whole, "several addresses are for rpc::connect() alone");
  const std::size_t colon = rest.rfind(':');
  if (colon == std::string_view::npos || rest.ends_with(']')) refuse(whole, "the port is missing");
  std::string_view host = rest.substr(0, colon);
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  if (host.empty()) refuse(whole, "the host is missing");
  if (!bracketed && host.find(':') != std::string_view::npos) refuse(whole, "an IPv6 address stands in brackets");
  if (host.find_first_of("/[]@ ") != std::string_view::npos) refuse(whole, "the host has characters no host has");
  return {scheme, std::string(host), parse_port(whole, rest.substr(colon + 1))};
}

// Where the first address ends: at a comma before a scheme, and where there are hosts at every comma.
std::size_t end_of_first(std::string_view text, bool hosts) {
  for (std::size_t comma = text.find(','); comma != std::string_view::npos; comma = text.find(',', comma + 1)) {
    const std::string_view rest = text.substr(comma + 1);
    const std::string_view scheme = rest.substr(0, rest.find_first_of(":,"));
    const std::string_view after = rest.substr(scheme.size());
    if (hosts || after.starts_with("://") || (!after.empty() && (scheme == "unix" || scheme == "inproc"))) return comma;
  }
  return text.size();
}

}  // namespace

std::vector<Url> parse_urls(std::string_view text) {
  if (find_broker(text) != nullptr) return {parse_url(text)};
  std::vector<Url> urls;
  std::string prefix;  // of hosts: "tcp://"
  for (std::string_view rest = text;;) {
    const std::size_t colon = rest.find(':');
    const bool own_prefix = colon < rest.find(',') && rest.substr(colon).starts_with("://");
    if (own_prefix) prefix = rest.substr(0, colon + 3);
    const bool local = rest.starts_with("unix:") || rest.starts_with("inproc:");
    const std::string_view one = rest.substr(0, end_of_first(rest, !local && !prefix.empty()));
    if (one.empty() && !text.empty()) refuse(text, "an address is missing beside a comma");
    urls.push_back(parse_url(own_prefix || local ? std::string(one) : prefix + std::string(one)));
    if (urls.back().scheme == Url::Scheme::broker) refuse(text, "a broker stands alone");
    if (one.size() == rest.size()) return urls;
    rest.remove_prefix(one.size() + 1);
  }
}

Url parse_url(std::string_view text) {
  std::string_view rest = text;
  if (take_prefix(rest, "tcp://")) return parse_tcp(Url::Scheme::tcp, text, rest);
  if (take_prefix(rest, "tls://")) return parse_tcp(Url::Scheme::tls, text, rest);
  if (take_prefix(rest, "unix:")) {
    if (rest.empty()) refuse(text, "the path is missing");
    if (rest.find('\0') != std::string_view::npos) refuse(text, "the path has a zero byte");
    if (rest.size() >= sizeof(sockaddr_un::sun_path)) refuse(text, "paths of sockets have at most 107 bytes");
    return {Url::Scheme::unix_socket, std::string(rest)};
  }
  if (take_prefix(rest, "inproc:")) {
    if (rest.empty()) refuse(text, "the name is missing");
    return {Url::Scheme::inproc, std::string(rest)};
  }
  if (const Broker* const broker = find_broker(text)) {
    broker->check(std::string(text));
    return {Url::Scheme::broker, std::string(text)};
  }
  refuse(text, "unknown scheme");
}

std::string Url::text() const {
  if (scheme == Scheme::unix_socket) return "unix:" + name;
  if (scheme == Scheme::inproc) return "inproc:" + name;
  if (scheme == Scheme::broker) return name;
  const std::string& host = address.empty() ? name : address;
  const bool ipv6 = host.find(':') != std::string::npos;
  return (scheme == Scheme::tls ? "tls://" : "tcp://") + (ipv6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

}  // namespace rpc::net
