#include "address.h"

#include "net/broker.h"

#include <rpc/error.h>

#include <algorithm>
#include <charconv>

namespace rpc::amqp {

namespace {

/// With longer ones a lost connection would as good as not be noticed.
constexpr std::chrono::seconds most_heartbeat{600};

[[noreturn]] void refuse(const std::string& url, const std::string& reason) {
  throw Error(Code::unavailable, "malformed address \"" + net::without_password(url) + "\": " + reason +
                                     "; write amqp://user:password@host1,host2:port/vhost");
}

/// "%2F" for "/", as in every URL.
std::string decoded(const std::string& url, std::string_view part) {
  std::string text;
  for (std::size_t i = 0; i < part.size(); ++i) {
    if (part[i] != '%') {
      text += part[i];
      continue;
    }
    unsigned byte = 0;
    const std::string_view digits = part.substr(i + 1, 2);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
    if (error != std::errc{} || end != digits.data() + 2) refuse(url, "two hexadecimal digits belong after %");
    text += static_cast<char>(byte);
    i += 2;
  }
  return text;
}

std::uint16_t parse_port(const std::string& url, std::string_view digits) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc{} || end != digits.data() + digits.size() || port == 0)
    refuse(url, "a port is a number from 1 to 65535");
  return port;
}

Address::Host parse_host(const std::string& url, std::string_view text, std::uint16_t usual_port) {
  Address::Host host{.port = usual_port};
  std::string_view rest;
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) refuse(url, "an IPv6 address stands in brackets");
    host.name = text.substr(1, end - 1);
    rest = text.substr(end + 1);
  } else {
    host.name = text.substr(0, text.find(':'));
    rest = text.substr(host.name.size());
  }
  if (host.name.empty()) refuse(url, "a host is missing");
  if (!rest.empty() && rest.front() != ':') refuse(url, "only a port follows a host");
  if (!rest.empty()) host.port = parse_port(url, rest.substr(1));
  return host;
}

std::chrono::seconds parse_heartbeat(const std::string& url, const std::string& digits) {
  std::uint16_t seconds = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
  if (error != std::errc{} || end != digits.data() + digits.size() || seconds == 0 || seconds > most_heartbeat.count())
    refuse(url, "heartbeat is a number of seconds from 1 to " + std::to_string(most_heartbeat.count()));
  return std::chrono::seconds(seconds);
}

void set(const std::string& url, TlsOptions& tls, const std::string& key, const std::string& value) {
  if (key == "cacertfile") {
    tls.cacertfile = value;
  } else if (key == "certfile") {
    tls.certfile = value;
  } else if (key == "keyfile") {
    tls.keyfile = value;
  } else if (key == "verify" && (value == "verify_peer" || value == "verify_none")) {
    tls.verify = value == "verify_peer";
  } else {
    refuse(url,
           "there is no parameter " + key + "=" + value +
               "; there are heartbeat, cacertfile, certfile, keyfile, and verify, which is verify_peer or verify_none");
  }
}

void parse_parameters(const std::string& url, std::string_view text, Address& address) {
  while (!text.empty()) {
    const std::string_view one = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(one.size() + 1, text.size()));
    const std::size_t equals = one.find('=');
    if (equals == std::string_view::npos) refuse(url, "a parameter is written key=value");
    const std::string key = decoded(url, one.substr(0, equals));
    const std::string value = decoded(url, one.substr(equals + 1));
    if (value.empty()) refuse(url, key + " has no value");
    if (key == "heartbeat") {
      address.heartbeat = parse_heartbeat(url, value);
    } else if (address.tls) {
      set(url, *address.tls, key, value);
    } else {
      refuse(url, "there is no parameter " + key + " but heartbeat, or only with amqps://");
    }
  }
  if (address.tls && address.tls->certfile.empty() != address.tls->keyfile.empty())
    refuse(url, "certfile and keyfile go together");
}

}  // namespace

Address parse_address(const std::string& url) {
  const bool by_tls = url.starts_with(tls_scheme);
  std::string_view rest = std::string_view(url).substr(by_tls ? tls_scheme.size() : scheme.size());
  Address address;
  if (by_tls) address.tls.emplace();
  const std::size_t mark = rest.find('?');
  const std::string_view parameters = mark == std::string_view::npos ? "" : rest.substr(mark + 1);
  rest = rest.substr(0, mark);
  address.text = net::without_password(std::string_view(url.data(), rest.end()));
  if (const std::size_t slash = rest.find('/'); slash != std::string_view::npos) {
    const std::string_view vhost = rest.substr(slash + 1);
    if (vhost.find_first_of("/#") != std::string_view::npos) refuse(url, "a / in a vhost is written %2F, a # %23");
    if (!vhost.empty()) address.vhost = decoded(url, vhost);
    rest = rest.substr(0, slash);
  }
  if (const std::size_t at = rest.rfind('@'); at != std::string_view::npos) {
    const std::string_view user = rest.substr(0, at);
    const std::size_t colon = user.find(':');
    if (colon == std::string_view::npos) refuse(url, "the password is missing");
    address.user = decoded(url, user.substr(0, colon));
    address.password = decoded(url, user.substr(colon + 1));
    rest = rest.substr(at + 1);
  }
  for (std::size_t comma = 0; comma != std::string_view::npos;) {
    comma = rest.find(',');
    address.hosts.push_back(parse_host(url, rest.substr(0, comma), by_tls ? 5671 : 5672));
    if (comma != std::string_view::npos) rest.remove_prefix(comma + 1);
  }
  parse_parameters(url, parameters, address);
  return address;
}

}  // namespace rpc::amqp
