#include "address.h"

#include "net/broker.h"

#include <rpc/error.h>

#include <algorithm>
#include <charconv>

namespace rpc::amqp {

namespace {

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

void set(const std::string& url, TlsOptions& tls, const std::string& key, const std::string& value) {
  if (value.empty()) refuse(url, key + " has no value");
  if (key == "cacertfile") {
    tls.cacertfile = value;
  } else if (key == "certfile") {
    tls.certfile = value;
  } else if (key == "keyfile") {
    tls.keyfile = value;
  } else if (key == "verify" && (value == "verify_peer" || value == "verify_none")) {
    tls.verify = value == "verify_peer";
  } else {
    refuse(url, "there is no parameter " + key + "=" + value +
                    "; there are cacertfile, certfile, keyfile, and verify, which is verify_peer or verify_none");
  }
}

TlsOptions parse_parameters(const std::string& url, std::string_view text) {
  TlsOptions tls;
  while (!text.empty()) {
    const std::string_view one = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(one.size() + 1, text.size()));
    const std::size_t equals = one.find('=');
    if (equals == std::string_view::npos) refuse(url, "a parameter is written key=value");
    set(url, tls, decoded(url, one.substr(0, equals)), decoded(url, one.substr(equals + 1)));
  }
  if (tls.certfile.empty() != tls.keyfile.empty()) refuse(url, "certfile and keyfile go together");
  return tls;
}

}  // namespace

Address parse_address(const std::string& url) {
  const bool by_tls = url.starts_with(tls_scheme);
  std::string_view rest = std::string_view(url).substr(by_tls ? tls_scheme.size() : scheme.size());
  Address address;
  if (by_tls) {
    const std::size_t mark = rest.find('?');
    address.tls = parse_parameters(url, mark == std::string_view::npos ? "" : rest.substr(mark + 1));
    rest = rest.substr(0, mark);
  }
  address.text = net::without_password(std::string_view(url.data(), rest.end()));
  if (const std::size_t slash = rest.find('/'); slash != std::string_view::npos) {
    const std::string_view vhost = rest.substr(slash + 1);
    if (vhost.find_first_of("/?#") != std::string_view::npos)
      refuse(url, "a / in a vhost is written %2F, and parameters follow it only with amqps://");
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
  return address;
}

}  // namespace rpc::amqp
