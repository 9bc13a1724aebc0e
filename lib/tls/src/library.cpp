// Makes tls:// known to the runtime of a program that is linked with this library.
#include "credentials.h"

#include <openssl/crypto.h>

namespace rpc::tls {

namespace {

class OpenSsl final : public net::TlsLibrary {
 public:
  internal::Ref<TlsCredentials> load(const TlsOptions& options) const override {
    return internal::Ref<TlsCredentials>::adopt(new Credentials(options));
  }
};

/// Threads of the runtime go on while exit() runs, and must find OpenSSL then. Who initialises it first decides whether
/// it is taken down at exit, so this happens before main().
const OpenSsl& open_ssl() noexcept {
  OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr);
  static const OpenSsl made{};  // nothing happens when it is destroyed
  return made;
}

}  // namespace

}  // namespace rpc::tls

/// Asked for by CMakeLists.txt, so that the linker takes this file though nobody calls it.
extern "C" const bool farcall_tls = rpc::net::add_tls(rpc::tls::open_ssl());
