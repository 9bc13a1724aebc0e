#include "tls/authority.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <stdexcept>

namespace {

void require(bool done, const char* what) {
  if (!done) throw std::runtime_error(what);
}

template <class Write>
void write_pem(const std::string& path, Write write) {
  std::FILE* const file = std::fopen(path.c_str(), "w");
  require(file != nullptr, "cannot write a PEM file");
  const bool written = write(file) == 1;
  std::fclose(file);
  require(written, "cannot write a PEM file");
}

void write_key(const std::string& path, EVP_PKEY* key) {
  write_pem(path,
            [&](std::FILE* file) { return PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr); });
}

void write_certificate(const std::string& path, X509* certificate) {
  write_pem(path, [&](std::FILE* file) { return PEM_write_X509(file, certificate); });
}

void add_extension(X509* certificate, int kind, const std::string& value) {
  X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
  require(extension != nullptr && X509_add_ext(certificate, extension, -1) == 1, "cannot add an extension");
  X509_EXTENSION_free(extension);
}

}  // namespace

Authority::Certificate Authority::make(const std::string& name, EVP_PKEY* key, long serial, std::chrono::seconds begins,
                                       std::chrono::seconds ends) {
  Certificate made(X509_new());
  X509_set_version(made.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), serial);
  X509_gmtime_adj(X509_getm_notBefore(made.get()), begins.count());
  X509_gmtime_adj(X509_getm_notAfter(made.get()), ends.count());
  X509_set_pubkey(made.get(), key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(made.get()), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(name.data()), static_cast<int>(name.size()), -1, 0);
  return made;
}

Authority::Authority(const Folder& folder, const std::string& name)
    : folder_(folder), name_(name), file_(folder.socket(name + ".pem")), key_(EVP_EC_gen("P-256")) {
  certificate_ = make(name, key_.get(), 1, std::chrono::hours(-24), std::chrono::hours(24));
  X509_set_issuer_name(certificate_.get(), X509_get_subject_name(certificate_.get()));
  add_extension(certificate_.get(), NID_basic_constraints, "critical,CA:TRUE");
  add_extension(certificate_.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
  require(X509_sign(certificate_.get(), key_.get(), EVP_sha256()) != 0, "cannot sign");
  write_certificate(file_, certificate_.get());
}

Issued Authority::issue(const Wish& wish) {
  const Issued files{folder_.socket(wish.name + ".pem"), folder_.socket(wish.name + ".key"), 100 + ++issued_};
  const Key key(EVP_EC_gen("P-256"));
  const Certificate made = make(wish.name, key.get(), files.serial, wish.begins, wish.ends);
  X509_set_issuer_name(made.get(), X509_get_subject_name(wish.self_signed ? made.get() : certificate_.get()));
  if (!wish.names.empty()) add_extension(made.get(), NID_subject_alt_name, wish.names);
  require(X509_sign(made.get(), wish.self_signed ? key.get() : key_.get(), EVP_sha256()) != 0, "cannot sign");
  write_certificate(files.certificate, made.get());
  write_key(files.key, key.get());
  return files;
}

std::string Authority::revoke(const std::vector<long>& serials, std::chrono::seconds ends) {
  const std::unique_ptr<X509_CRL, decltype(&X509_CRL_free)> list(X509_CRL_new(), &X509_CRL_free);
  const std::unique_ptr<ASN1_TIME, decltype(&ASN1_TIME_free)> time(ASN1_TIME_new(), &ASN1_TIME_free);
  X509_CRL_set_version(list.get(), X509_CRL_VERSION_2);
  X509_CRL_set_issuer_name(list.get(), X509_get_subject_name(certificate_.get()));
  X509_CRL_set1_lastUpdate(list.get(), X509_gmtime_adj(time.get(), -7200));
  X509_CRL_set1_nextUpdate(list.get(), X509_gmtime_adj(time.get(), ends.count()));
  for (const long serial : serials) {
    const std::unique_ptr<ASN1_INTEGER, decltype(&ASN1_INTEGER_free)> number(ASN1_INTEGER_new(), &ASN1_INTEGER_free);
    ASN1_INTEGER_set(number.get(), serial);
    X509_REVOKED* const revoked = X509_REVOKED_new();
    X509_REVOKED_set_serialNumber(revoked, number.get());
    X509_REVOKED_set_revocationDate(revoked, X509_gmtime_adj(time.get(), -3600));
    X509_CRL_add0_revoked(list.get(), revoked);
  }
  X509_CRL_sort(list.get());
  require(X509_CRL_sign(list.get(), key_.get(), EVP_sha256()) != 0, "cannot sign a CRL");
  const std::string path = folder_.socket(name_ + ".crl");
  write_pem(path, [&](std::FILE* file) { return PEM_write_X509_CRL(file, list.get()); });
  return path;
}
