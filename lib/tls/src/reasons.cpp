#include "reasons.h"

#include "control_character.h"
#include "net/socket.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/sslerr.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>

namespace rpc::tls {

namespace {

std::string text_of(BIO* bio) {
  const char* text = nullptr;
  const long size = BIO_get_mem_data(bio, &text);
  return {text, static_cast<std::size_t>(size)};
}

std::string text_of(const ASN1_STRING* string) {
  unsigned char* utf8 = nullptr;
  const int size = ASN1_STRING_to_UTF8(&utf8, string);
  std::string text(reinterpret_cast<const char*>(utf8), size > 0 ? static_cast<std::size_t>(size) : 0);
  OPENSSL_free(utf8);
  return text;
}

std::string text_of(const X509_NAME* name) {
  const BioPtr out(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(out.get(), name, 0, XN_FLAG_RFC2253);
  return "\"" + text_of(out.get()) + "\"";
}

std::string time_text(const ASN1_TIME* time) {
  const BioPtr out(BIO_new(BIO_s_mem()));
  ASN1_TIME_print(out.get(), time);
  return text_of(out.get());
}

std::string address_text(const ASN1_STRING* bytes) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const int family = ASN1_STRING_length(bytes) == 4 ? AF_INET : AF_INET6;
  if (family == AF_INET6 && ASN1_STRING_length(bytes) != 16) return "?";
  return ::inet_ntop(family, ASN1_STRING_get0_data(bytes), text.data(), text.size());
}

NamesPtr names_of(X509* certificate) {
  return NamesPtr(static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
}

/// Whom a server's certificate is for.
std::string hosts_of(X509* certificate) {
  std::string hosts;
  const NamesPtr names = names_of(certificate);
  for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
    int type = 0;
    const auto* const value =
        static_cast<ASN1_STRING*>(GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names.get(), i), &type));
    if (type != GEN_DNS && type != GEN_IPADD) continue;
    hosts += (hosts.empty() ? "" : ", ") + (type == GEN_DNS ? text_of(value) : address_text(value));
  }
  return hosts.empty() ? "no host: it has no subjectAltName" : hosts;
}

std::string first_name(const GENERAL_NAMES* names, int wanted) {
  for (int i = 0; i < sk_GENERAL_NAME_num(names); ++i) {
    int type = 0;
    const auto* const value =
        static_cast<ASN1_STRING*>(GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names, i), &type));
    if (type == wanted) return text_of(value);
  }
  return {};
}

std::string common_name(X509* certificate) {
  const X509_NAME* const subject = X509_get_subject_name(certificate);
  const int index = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
  return index < 0 ? std::string() : text_of(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, index)));
}

/// An alert of the other end, by its number in TLS.
std::string alert_text(int alert, Role own) {
  const std::string other = own == Role::client ? "the server" : "the client";
  const std::string_view said = SSL_alert_desc_string_long(alert);
  switch (alert) {
    case SSL_AD_PROTOCOL_VERSION: return other + " speaks no TLS 1.3";
    case SSL_AD_NO_APPLICATION_PROTOCOL: return other + " does not speak Farcall there";
    case TLS13_AD_CERTIFICATE_REQUIRED:
      return other + " takes only those who show a certificate: TlsOptions::certificate";
    case SSL_AD_BAD_CERTIFICATE:
    case SSL_AD_UNSUPPORTED_CERTIFICATE:
    case SSL_AD_CERTIFICATE_REVOKED:
    case SSL_AD_CERTIFICATE_EXPIRED:
    case SSL_AD_CERTIFICATE_UNKNOWN:
    case SSL_AD_UNKNOWN_CA: return other + " does not accept this end's certificate: " + std::string(said);
    default: return other + " ended the TLS connection: " + std::string(said);
  }
}

std::string reason_text(unsigned long error, Role own, const std::string& certificate) {
  const bool client = own == Role::client;
  switch (ERR_GET_REASON(error)) {
    case SSL_R_CERTIFICATE_VERIFY_FAILED: return certificate;
    case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE: return "the client shows no certificate";
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_WRONG_SSL_VERSION: return client ? "the server speaks no TLS 1.3" : "the client speaks no TLS 1.3";
    case SSL_R_NO_APPLICATION_PROTOCOL: return "the client does not speak Farcall";
    default: break;
  }
  const char* const text = ERR_reason_error_string(error);
  return "TLS failed: " + std::string(text != nullptr ? text : "unknown error");
}

}  // namespace

std::string certificate_problem(X509_STORE_CTX* store, Role own, const std::string& host) {
  const bool client = own == Role::client;
  X509* const certificate = X509_STORE_CTX_get_current_cert(store);
  if (certificate == nullptr) return X509_verify_cert_error_string(X509_STORE_CTX_get_error(store));
  const std::string issuer = text_of(X509_get_issuer_name(certificate));
  std::string whose = client ? "the server's certificate" : "the client's certificate";
  if (X509_STORE_CTX_get_error_depth(store) != 0)
    whose = "the authority " + text_of(X509_get_subject_name(certificate)) + " of " + whose;
  switch (const int error = X509_STORE_CTX_get_error(store)) {
    case X509_V_ERR_CERT_HAS_EXPIRED: return whose + " expired on " + time_text(X509_get0_notAfter(certificate));
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return whose + " is not valid before " + time_text(X509_get0_notBefore(certificate));
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT: return whose + " is self-signed, and not trusted";
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_CERT_SIGNATURE_FAILURE: return whose + " comes from an authority that is not trusted: " + issuer;
    case X509_V_ERR_CERT_REVOKED: return whose + " was revoked";
    case X509_V_ERR_UNABLE_TO_GET_CRL: return "TlsOptions::crl has no list of revoked certificates of " + issuer;
    case X509_V_ERR_CRL_HAS_EXPIRED:
      return "the list of revoked certificates of " + issuer + " has expired: TlsOptions::crl needs a new one";
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH: return whose + " is for " + hosts_of(certificate) + ", and not for " + host;
    case X509_V_ERR_INVALID_PURPOSE: return whose + (client ? " is not for servers" : " is not for clients");
    default: return whose + " cannot be verified: " + X509_verify_cert_error_string(error);
  }
}

net::Problem problem_of(SSL* ssl, int result, Role own, const std::string& certificate) {
  const int saved = errno;
  const int kind = SSL_get_error(ssl, result);
  const unsigned long error = ERR_peek_last_error();
  ERR_clear_error();
  if (kind == SSL_ERROR_ZERO_RETURN) return {.text = "the other end closed the connection"};
  if (kind == SSL_ERROR_SYSCALL || ERR_GET_REASON(error) == SSL_R_UNEXPECTED_EOF_WHILE_READING) {
    const std::string how =
        kind != SSL_ERROR_SYSCALL || saved == 0 ? "the other end closed the connection" : net::error_text(saved);
    return {.text = "in the middle of the TLS handshake: " + how};
  }
  const int alert = ERR_GET_REASON(error) - SSL_AD_REASON_OFFSET;
  if (ERR_GET_LIB(error) == ERR_LIB_SSL && alert >= 0 && alert < 256)
    return {.text = alert_text(alert, own), .lasting = true};
  return {.text = reason_text(error, own, certificate), .lasting = true};
}

std::string last_error() {
  const unsigned long error = ERR_peek_last_error();
  ERR_clear_error();
  const char* const text = ERR_reason_error_string(error);
  return text != nullptr ? text : "unknown error";
}

std::string name_of(X509* certificate) {
  const NamesPtr names = names_of(certificate);
  std::string name = first_name(names.get(), GEN_URI);
  if (name.empty()) name = first_name(names.get(), GEN_DNS);
  if (name.empty()) name = common_name(certificate);
  // Who reads it as a C string, or in a line of a log, would take it for another.
  return std::ranges::any_of(name, internal::is_control) ? std::string() : name;
}

}  // namespace rpc::tls
