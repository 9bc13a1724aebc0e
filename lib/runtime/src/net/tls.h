// Where TLS comes from: a library of its own, which makes itself known when the program starts.
//
//   const bool known = net::add_tls(library);
//   internal::Ref<TlsCredentials> credentials = net::tls_library().load(options);   // throws Error if nobody linked it
#pragma once

#include "net/cipher.h"

#include <rpc/tls.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

namespace rpc {

/// What a Tls is. Counted; thread-safe.
class TlsCredentials {
 public:
  TlsCredentials(const TlsCredentials&) = delete;
  TlsCredentials& operator=(const TlsCredentials&) = delete;
  virtual ~TlsCredentials() = default;

  virtual void reload() = 0;

  /// Of a channel to `host`, which remembers the sessions of the server.
  virtual std::shared_ptr<net::Ciphers> to(const std::string& host) = 0;

  /// Of a listener. Throws Error (unavailable) without a certificate.
  virtual std::shared_ptr<net::Ciphers> accepting() = 0;

 protected:
  TlsCredentials() = default;

 private:
  friend void internal::retain(TlsCredentials*) noexcept;
  friend void internal::release(TlsCredentials*) noexcept;
  std::atomic<std::uint32_t> count_{1};
};

namespace net {

/// Lives until the process ends. Thread-safe.
class TlsLibrary {
 public:
  virtual internal::Ref<TlsCredentials> load(const TlsOptions& options) const = 0;

 protected:
  ~TlsLibrary() = default;
};

/// Gives true, for a constant that is made when the program starts.
bool add_tls(const TlsLibrary& library) noexcept;

/// Throws Error (unavailable) that says what to link.
const TlsLibrary& tls_library();

/// Those of a channel to `host`. Without credentials of its own it shows none, and trusts whom the system trusts.
std::shared_ptr<Ciphers> ciphers_to(const std::string& host, TlsCredentials* credentials);

/// Those of a listener. Throws Error (unavailable) if there is no certificate to show.
std::shared_ptr<Ciphers> accepting_ciphers(TlsCredentials* credentials);

}  // namespace net

}  // namespace rpc
