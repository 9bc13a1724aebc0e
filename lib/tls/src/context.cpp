#include "context.h"

#include "net/socket.h"
#include "reasons.h"

#include <rpc/error.h>

#include <openssl/err.h>
#include <openssl/pem.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <new>
#include <string>
#include <utility>
#include <vector>

namespace rpc::tls {

namespace {

/// How long a session can be resumed at most: so long a certificate that ran out meanwhile is good for.
constexpr std::chrono::seconds session_lifetime{3600};

[[noreturn]] void refuse(const std::string& file, const std::string& problem) {
  ERR_clear_error();
  throw Error(Code::unavailable, "TLS: " + file + ": " + problem);
}

struct PemFile {
  explicit PemFile(const std::string& path) : path(path) {
    std::ifstream in(path, std::ios::binary);
    for (char part[4096]; in && (in.read(part, sizeof part), in.gcount() > 0);)
      text.append(part, static_cast<std::size_t>(in.gcount()));
    if (!in.eof()) refuse(path, "cannot be read: " + net::error_text(errno));
    bio.reset(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    if (bio == nullptr) throw std::bad_alloc();
  }

  /// All that `read` finds, which it does until the file ends.
  template <class Ptr, class Read>
  std::vector<Ptr> all(Read read, const char* what) const {
    std::vector<Ptr> found;
    while (Ptr next{read(bio.get(), nullptr, nullptr, nullptr)}) found.push_back(std::move(next));
    const unsigned long error = ERR_peek_last_error();
    if (ERR_GET_LIB(error) != ERR_LIB_PEM || ERR_GET_REASON(error) != PEM_R_NO_START_LINE)
      refuse(path, std::string("what should be ") + what + " in PEM format is damaged: " + last_error());
    ERR_clear_error();
    if (found.empty()) refuse(path, std::string("there is no ") + what + " in PEM format");
    return found;
  }

  std::string path;
  std::string text;
  BioPtr bio;
};

/// Called when a key is encrypted. OpenSSL itself would ask on the terminal.
int no_password(char*, int, int, void* asked) {
  *static_cast<bool*>(asked) = true;
  return -1;
}

void use_key(SSL_CTX* context, const TlsOptions& options) {
  const PemFile file(options.key.empty() ? options.certificate : options.key);
  bool encrypted = false;
  const KeyPtr key(PEM_read_bio_PrivateKey(file.bio.get(), nullptr, &no_password, &encrypted));
  if (encrypted) refuse(file.path, "the private key is encrypted, and nobody is there to type the password");
  if (key == nullptr) refuse(file.path, "there is no private key in PEM format");
  if (X509_check_private_key(SSL_CTX_get0_certificate(context), key.get()) != 1)
    refuse(file.path, "the private key is not that of the certificate in " + options.certificate);
  if (SSL_CTX_use_PrivateKey(context, key.get()) != 1) refuse(file.path, last_error());
}

void use_certificate(SSL_CTX* context, const TlsOptions& options) {
  const PemFile file(options.certificate);
  const std::vector<CertificatePtr> chain = file.all<CertificatePtr>(&PEM_read_bio_X509, "certificate");
  if (SSL_CTX_use_certificate(context, chain.front().get()) != 1) refuse(file.path, last_error());
  for (std::size_t i = 1; i < chain.size(); ++i) {
    if (SSL_CTX_add1_chain_cert(context, chain[i].get()) != 1) refuse(file.path, last_error());
  }
  use_key(context, options);
}

void trust(SSL_CTX* context, const std::string& path) {
  const PemFile file(path);
  for (const CertificatePtr& each : file.all<CertificatePtr>(&PEM_read_bio_X509, "certificate")) {
    if (X509_STORE_add_cert(SSL_CTX_get_cert_store(context), each.get()) != 1) refuse(path, last_error());
    SSL_CTX_add_client_CA(context, each.get());
  }
}

void use_crl(SSL_CTX* context, const std::string& path) {
  X509_STORE* const store = SSL_CTX_get_cert_store(context);
  const PemFile file(path);
  for (const CrlPtr& each : file.all<CrlPtr>(&PEM_read_bio_X509_CRL, "list of revoked certificates")) {
    if (X509_STORE_add_crl(store, each.get()) != 1) refuse(path, last_error());
  }
  X509_STORE_set_flags(store, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL);
}

int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char* offered,
                    unsigned offered_size, void*) {
  unsigned char* found = nullptr;
  if (SSL_select_next_proto(&found, size, protocol, sizeof protocol, offered, offered_size) != OPENSSL_NPN_NEGOTIATED)
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

SslContextPtr make_context(int (*on_session)(SSL*, SSL_SESSION*)) {
  SslContextPtr context(SSL_CTX_new(TLS_method()));
  if (context == nullptr) throw std::bad_alloc();
  SSL_CTX* const raw = context.get();
  SSL_CTX_set_min_proto_version(raw, TLS1_3_VERSION);
  SSL_CTX_set_mode(raw, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_NO_AUTO_CHAIN);  // the chain is what the file says
  SSL_CTX_set_alpn_protos(raw, protocol, sizeof protocol);
  SSL_CTX_set_alpn_select_cb(raw, &choose_protocol, nullptr);
  SSL_CTX_set_session_id_context(raw, protocol, sizeof protocol);
  SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
  SSL_CTX_set_timeout(raw, session_lifetime.count());
  SSL_CTX_sess_set_new_cb(raw, on_session);
  return context;
}

}  // namespace

std::shared_ptr<const Context> load(const TlsOptions& options, int (*on_session)(SSL*, SSL_SESSION*)) {
  auto made = std::make_shared<Context>();
  made->ssl = make_context(on_session);
  made->shows_certificate = !options.certificate.empty();
  made->asks_clients = !options.ca.empty();
  SSL_CTX* const context = made->ssl.get();
  if (!options.ca.empty()) trust(context, options.ca);
  if (made->shows_certificate) use_certificate(context, options);
  if (!options.crl.empty()) use_crl(context, options.crl);
  return made;
}

void trust_system(const Context& context) {
  if (SSL_CTX_set_default_verify_paths(context.ssl.get()) != 1)
    refuse("the authorities that the system trusts", last_error());
}

}  // namespace rpc::tls
