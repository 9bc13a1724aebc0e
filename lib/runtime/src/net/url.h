// Where a server is: "tcp://host:port", "tls://host:port", "unix:/path" or "inproc:name"; or a broker that takes
// messages to servers: "amqp://user:password@host/vhost".
//
//   net::Url url = net::parse_url("tcp://[::1]:7000");   // throws Error for anything else, and shows these forms
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rpc::net {

struct Url {
  enum class Scheme : std::uint8_t { tcp, tls, unix_socket, inproc, broker };

  Scheme scheme = Scheme::tcp;
  std::string name;  ///< host, path or name; of a broker all of it
  std::uint16_t port = 0;

  /// The form parse_url() reads.
  std::string text() const;
};

/// Throws Error (unavailable) that quotes the text and shows what is accepted.
Url parse_url(std::string_view text);

}  // namespace rpc::net
