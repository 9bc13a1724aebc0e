// Where a RabbitMQ is, and who one is there: "amqp://user:password@host1,host2:5673/vhost", and by TLS
// "amqps://user:password@host/vhost?cacertfile=/etc/ssl/rabbit.pem".
//
//   const amqp::Address address = amqp::parse_address(url);
//   for (const amqp::Address::Host& host : address.hosts) …
#pragma once

#include "tls.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rpc::amqp {

inline constexpr std::string_view scheme = "amqp://";
inline constexpr std::string_view tls_scheme = "amqps://";

struct Address {
  struct Host {
    std::string name;
    std::uint16_t port = 0;
  };

  std::string user = "guest";
  std::string password = "guest";
  std::string vhost = "/";
  std::vector<Host> hosts;  ///< of one cluster; at least one
  std::optional<TlsOptions> tls;
  /// How often both ends show that they are alive. A connection whose data nobody takes for three times that is lost.
  std::chrono::seconds heartbeat{10};
  std::string text;  ///< the address without the password and parameters, for logs
};

/// Throws Error (unavailable) that says what is wrong with it, without the password.
Address parse_address(const std::string& url);

}  // namespace rpc::amqp
