#include "tls.h"

#include "link.h"

#include <amqp_ssl_socket.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace rpc::amqp {

namespace {

[[noreturn]] void refuse(const std::string& what) {
  const std::string reason = Tls::reason();
  throw Refused(what + " cannot be used" + (reason.empty() ? "" : ": " + reason));
}

int on_certificate(int accepted, X509_STORE_CTX* store) {
  if (accepted == 0) {
    const auto* const ssl =
        static_cast<const SSL*>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
    static_cast<Tls*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl)))
        ->not_accepted(X509_verify_cert_error_string(X509_STORE_CTX_get_error(store)));
  }
  return accepted;
}

}  // namespace

// librabbitmq compares names alone, not addresses, and says less of what is wrong than OpenSSL.
amqp_socket_t* Tls::socket(amqp_connection_state_t connection) {
  amqp_socket_t* const socket = amqp_ssl_socket_new(connection);
  if (socket == nullptr) return nullptr;
  ERR_clear_error();
  auto* const context = static_cast<SSL_CTX*>(amqp_ssl_socket_get_context(socket));
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  amqp_ssl_socket_set_verify_peer(socket, options_.verify ? 1 : 0);
  amqp_ssl_socket_set_verify_hostname(socket, 0);
  if (options_.cacertfile.empty()) {
    SSL_CTX_set_default_verify_paths(context);
  } else if (amqp_ssl_socket_set_cacert(socket, options_.cacertfile.c_str()) != AMQP_STATUS_OK) {
    refuse("cacertfile " + options_.cacertfile);
  }
  if (!options_.certfile.empty() &&
      amqp_ssl_socket_set_key(socket, options_.certfile.c_str(), options_.keyfile.c_str()) != AMQP_STATUS_OK) {
    refuse("certfile " + options_.certfile + " with keyfile " + options_.keyfile);
  }
  if (!options_.verify) return socket;
  X509_VERIFY_PARAM* const wanted = SSL_CTX_get0_param(context);
  if (X509_VERIFY_PARAM_set1_ip_asc(wanted, host_.c_str()) != 1) X509_VERIFY_PARAM_set1_host(wanted, host_.c_str(), 0);
  SSL_CTX_set_app_data(context, this);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, &on_certificate);
  ERR_clear_error();
  return socket;
}

std::string Tls::reason() {
  const char* const reason = ERR_reason_error_string(ERR_peek_last_error());
  return reason == nullptr ? "" : reason;
}

std::string Tls::about_own_certificate() const {
  return options_.certfile.empty() ? "it demands a certificate: name one with certfile and keyfile"
                                   : "it does not accept " + options_.certfile;
}

std::string Tls::problem() const {
  if (!not_accepted_.empty()) {
    return "its certificate is not accepted, " + not_accepted_ + ": it has to be for " + host_ +
           ", and signed by who is in " +
           (options_.cacertfile.empty() ? "the system's list; name another one with cacertfile" : options_.cacertfile);
  }
  const std::string reason = Tls::reason();
  if (reason.find("certificate required") != std::string::npos ||
      reason.find("handshake failure") != std::string::npos) {
    return about_own_certificate() + " (" + reason + ")";
  }
  if (reason.find("wrong version number") != std::string::npos)
    return "it does not speak TLS at this port, which has another one for it, mostly 5671";
  if (reason.find("alert") != std::string::npos && !options_.certfile.empty())
    return "it does not accept " + options_.certfile + " (" + reason + ")";
  return "";
}

}  // namespace rpc::amqp
