// Where a server is: "tcp://host:port", "tls://host:port", "unix:/path" or "inproc:name"; or a broker that takes
// messages to servers: "amqp://user:password@host/vhost".
//
//   net::Url url = net::parse_url("tcp://[::1]:7000");   // throws Error for anything else, and shows these forms
//   std::vector<net::Url> urls = net::parse_urls("tcp://a:1,b:2");   // several servers
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rpc::net {

struct Url {
  enum class Scheme : std::uint8_t { tcp, tls, unix_socket, inproc, broker };

  Scheme scheme = Scheme::tcp;
  std::string name;  ///< host, path or name; of a broker all of it
  std::uint16_t port = 0;
  std::string address{};  ///< where the host is, in numbers, if somebody has looked its name up already

  /// The form parse_url() reads.
  std::string text() const;
};

/// Throws Error (unavailable) that quotes the text and shows what is accepted.
Url parse_url(std::string_view text);

/// One address, or several with commas between them. What follows "tcp://a:1" may leave its "tcp://" out; a path or a
/// name may have commas itself, so it is followed by whole addresses only. A broker stands alone.
std::vector<Url> parse_urls(std::string_view text);

}  // namespace rpc::net
