// What the files of TlsOptions say, as OpenSSL keeps it. Constant once it is loaded, but for what trust_system() adds.
//
//   std::shared_ptr<const Context> context = load(options);   // throws Error that names the file
#pragma once

#include "openssl.h"

#include <rpc/tls.h>

#include <memory>

namespace rpc::tls {

/// The name of our protocol in ALPN.
inline constexpr unsigned char protocol[] = {7, 'f', 'a', 'r', 'c', 'a', 'l', 'l'};

struct Context {
  SslContextPtr ssl;
  bool shows_certificate = false;
  bool asks_clients = false;  ///< as a server
};

/// `on_session` is told of sessions that a client can resume, and says whether it keeps them.
std::shared_ptr<const Context> load(const TlsOptions& options, int (*on_session)(SSL*, SSL_SESSION*));

/// For clients without authorities of their own: those of the system, which takes a tenth of a second to read. Before
/// the first of them verifies its server.
void trust_system(const Context& context);

}  // namespace rpc::tls
