// What proves who is at the ends of tls:// connections: certificates, keys, and whom to trust. In a program that is
// linked with Farcall::tls.
//
//   rpc::Tls tls({.ca = "ca.pem", .certificate = "server.pem", .key = "server.key"});
//   rpc::Server server({.tls = tls});
//   server.listen("tls://0.0.0.0:7000");      // takes clients with a certificate of that CA
//   …
//   tls.reload();                             // the files have changed
//
// A client that shows no certificate and trusts whom the system trusts needs none of it:
//
//   rpc::Channel channel = rpc::connect("tls://db.example.org:7000");
#pragma once

#include <rpc/borrowed.h>
#include <rpc/ref.h>

#include <string>
#include <utility>

namespace rpc {

/// Files in PEM format, and what is expected of the other end, which is always verified.
struct TlsOptions {
  /// The authorities that the other end's certificate must come from. A server with them takes only clients that show
  /// such a certificate, without them it asks for none; a channel without them trusts those of the system.
  std::string ca{};

  /// The own certificate, followed by those between it and the authority. A server needs one; a channel shows its own
  /// to servers that ask.
  std::string certificate{};

  /// The certificate's private key, not encrypted. Empty: it is in the same file.
  std::string key{};

  /// Certificates that were revoked: with it, every authority in a chain must have a list there that has not expired.
  std::string crl{};

  /// The host name or IP address that a server's certificate must be for. Empty: what stands in the channel's address.
  std::string server_name{};
};

/// What was read from those files, for any number of channels and servers. Cheap to copy: the copies are one.
/// Thread-safe.
class Tls {
 public:
  /// Throws Error (unavailable) that names the file and what is wrong with it, and if the program is not linked with
  /// Farcall::tls.
  explicit Tls(const TlsOptions& options);

  explicit Tls(internal::Ref<TlsCredentials> credentials) noexcept : credentials_(std::move(credentials)) {}

  /// Reads the files again. Connections from here on use what is in them, and those that exist stay. Throws Error like
  /// the constructor, and then everything is as before.
  void reload();

  TlsCredentials& credentials() const noexcept { return *credentials_; }

 private:
  internal::Ref<TlsCredentials> credentials_;
};

/// Refers to a Tls, or to none. For options, which copy what they need.
using TlsRef = internal::Borrowed<Tls, TlsCredentials, &Tls::credentials>;

}  // namespace rpc
