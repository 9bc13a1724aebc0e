#include "net/tls.h"

#include <rpc/error.h>

namespace rpc {

void internal::retain(TlsCredentials* object) noexcept { object->count_.fetch_add(1, std::memory_order_relaxed); }

void internal::release(TlsCredentials* object) noexcept {
  if (object->count_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete object;
}

Tls::Tls(const TlsOptions& options) : credentials_(net::tls_library().load(options)) {}

void Tls::reload() { credentials_->reload(); }

namespace net {

namespace {

std::atomic<const TlsLibrary*> known{nullptr};

/// Never destroyed: channels may be made until the process ends.
TlsCredentials& usual_credentials() {
  static TlsCredentials& credentials = *tls_library().load({}).take();
  return credentials;
}

}  // namespace

bool add_tls(const TlsLibrary& library) noexcept {
  known = &library;
  return true;
}

const TlsLibrary& tls_library() {
  if (const TlsLibrary* const library = known) return *library;
  throw Error(Code::unavailable, "this program was built without TLS: link Farcall::tls to use tls:// addresses");
}

std::shared_ptr<Ciphers> ciphers_to(const std::string& host, TlsCredentials* credentials) {
  return (credentials != nullptr ? *credentials : usual_credentials()).to(host);
}

std::shared_ptr<Ciphers> accepting_ciphers(TlsCredentials* credentials) {
  static_cast<void>(tls_library());
  if (credentials != nullptr) return credentials->accepting();
  throw Error(Code::unavailable, "a server has to show a certificate: rpc::Server server({.tls = tls})");
}

}  // namespace net

}  // namespace rpc
