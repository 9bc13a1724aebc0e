// OpenSSL's objects, owned.
//
//   SslPtr ssl(SSL_new(context));
#pragma once

#include <openssl/bio.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>

namespace rpc::tls {

struct Free {
  void operator()(BIO* object) const noexcept { BIO_free(object); }
  void operator()(BIO_METHOD* object) const noexcept { BIO_meth_free(object); }
  void operator()(EVP_PKEY* object) const noexcept { EVP_PKEY_free(object); }
  void operator()(GENERAL_NAMES* object) const noexcept { GENERAL_NAMES_free(object); }
  void operator()(SSL* object) const noexcept { SSL_free(object); }
  void operator()(SSL_CTX* object) const noexcept { SSL_CTX_free(object); }
  void operator()(SSL_SESSION* object) const noexcept { SSL_SESSION_free(object); }
  void operator()(X509* object) const noexcept { X509_free(object); }
  void operator()(X509_CRL* object) const noexcept { X509_CRL_free(object); }
};

using BioPtr = std::unique_ptr<BIO, Free>;
using BioMethodPtr = std::unique_ptr<BIO_METHOD, Free>;
using KeyPtr = std::unique_ptr<EVP_PKEY, Free>;
using NamesPtr = std::unique_ptr<GENERAL_NAMES, Free>;
using SslPtr = std::unique_ptr<SSL, Free>;
using SslContextPtr = std::unique_ptr<SSL_CTX, Free>;
using SessionPtr = std::unique_ptr<SSL_SESSION, Free>;
using CertificatePtr = std::unique_ptr<X509, Free>;
using CrlPtr = std::unique_ptr<X509_CRL, Free>;

}  // namespace rpc::tls
