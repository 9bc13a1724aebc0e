// TLS to a broker: whom to trust, and who one is.
//
//   Tls tls(options, "rabbit.example.org");
//   amqp_socket_t* socket = tls.socket(connection);        // to be opened
//   if (…failed…) throw Refused(tls.problem());
#pragma once

#include <amqp.h>

#include <string>
#include <utility>

namespace rpc::amqp {

/// The parameters of an amqps:// address, as RabbitMQ names them.
struct TlsOptions {
  std::string cacertfile;  ///< who signs brokers' certificates; empty: whom the system trusts
  std::string certfile;    ///< with the chain above it; empty: this end shows none
  std::string keyfile;
  bool verify = true;
};

/// Of one connection, which it outlives. Stays where it is.
class Tls {
 public:
  Tls(TlsOptions options, std::string host) : options_(std::move(options)), host_(std::move(host)) {}
  Tls(const Tls&) = delete;
  Tls& operator=(const Tls&) = delete;

  /// Throws Refused that names the file that cannot be used. Null if there is no memory.
  amqp_socket_t* socket(amqp_connection_state_t connection);

  /// What is wrong with a certificate or the address, if that is why the last call of librabbitmq's failed, and what to
  /// do about it; else empty.
  std::string problem() const;

  /// What may be wrong with it if the broker does not say so.
  std::string about_own_certificate() const;

  /// The last thing that OpenSSL did not like on this thread; empty: there is none.
  static std::string reason();

  /// Who checks certificates says why one is not accepted.
  void not_accepted(std::string reason) { not_accepted_ = std::move(reason); }

 private:
  const TlsOptions options_;
  const std::string host_;
  std::string not_accepted_;
};

}  // namespace rpc::amqp
