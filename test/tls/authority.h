// An authority that issues certificates into a folder, as a test wants them.
//
//   Authority authority(folder, "ca");
//   const Issued server = authority.issue({.name = "server", .hosts = "DNS:localhost,IP:127.0.0.1"});
//   rpc::Tls tls({.ca = authority.file(), .certificate = server.certificate, .key = server.key});
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "runtime/net/running.h"

/// Files.
struct Issued {
  std::string certificate;
  std::string key;
  long serial = 0;
};

struct Wish {
  std::string name = "server";                       ///< its common name, and that of its files
  std::string names = "DNS:localhost,IP:127.0.0.1";  ///< subjectAltName; empty: none
  std::chrono::seconds begins{-3600};                ///< from now
  std::chrono::seconds ends{3600};
  bool self_signed = false;
};

class Authority {
 public:
  Authority(const Folder& folder, const std::string& name);

  const std::string& file() const noexcept { return file_; }
  Issued issue(const Wish& wish);

  /// A list of revoked certificates; it expires after `ends`.
  std::string revoke(const std::vector<long>& serials, std::chrono::seconds ends = std::chrono::seconds(3600));

 private:
  struct Free {
    void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const noexcept { X509_free(certificate); }
  };
  using Key = std::unique_ptr<EVP_PKEY, Free>;
  using Certificate = std::unique_ptr<X509, Free>;

  static Certificate make(const std::string& name, EVP_PKEY* key, long serial, std::chrono::seconds begins,
                          std::chrono::seconds ends);

  const Folder& folder_;
  const std::string name_;
  const std::string file_;
  Key key_;
  Certificate certificate_;
  long issued_ = 0;
};
