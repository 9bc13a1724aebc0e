// Files that are missing or wrong, and addresses that are used without what they need.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <openssl/pem.h>

#include <cstdio>
#include <fstream>
#include <string>

#include "tls/secure_running.h"

namespace {

using testing::HasSubstr;

class Files : public testing::Test {
 protected:
  std::string refusal(const rpc::TlsOptions& options) {
    const rpc::Error error = error_of([&] { rpc::Tls{options}; });
    EXPECT_EQ(error.code(), rpc::Code::unavailable);
    return error.what();
  }

  std::string file(const std::string& text) {
    std::ofstream(folder_.socket("some.pem")) << text;
    return folder_.socket("some.pem");
  }

  Folder folder_;
  Authority authority_{folder_, "ca"};
  Issued server_ = authority_.issue({});
};

TEST_F(Files, Missing) {
  const std::string none = folder_.socket("none.pem");
  EXPECT_EQ(refusal({.ca = none}), "TLS: " + none + ": cannot be read: No such file or directory");
  EXPECT_THAT(refusal({.certificate = none}), HasSubstr(none));
  EXPECT_THAT(refusal({.certificate = server_.certificate, .key = none}), HasSubstr(none));
  EXPECT_THAT(refusal({.crl = none}), HasSubstr(none));
}

TEST_F(Files, AFolder) { EXPECT_THAT(refusal({.ca = folder_.socket(".")}), HasSubstr("cannot be read")); }

TEST_F(Files, NoPem) {
  const std::string text = file("hello");
  EXPECT_EQ(refusal({.ca = text}), "TLS: " + text + ": there is no certificate in PEM format");
  EXPECT_THAT(refusal({.certificate = server_.certificate, .key = text}), HasSubstr("there is no private key in PEM"));
  EXPECT_THAT(refusal({.certificate = server_.certificate}), HasSubstr("server.pem: there is no private key in PEM"));
  EXPECT_THAT(refusal({.crl = authority_.file()}), HasSubstr("there is no list of revoked certificates in PEM"));
}

TEST_F(Files, Damaged) {
  const std::string text = file("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
  EXPECT_THAT(refusal({.ca = text}), HasSubstr("what should be certificate in PEM format is damaged"));
}

TEST_F(Files, KeyOfAnother) {
  const Issued other = authority_.issue({.name = "other"});
  EXPECT_EQ(refusal({.certificate = server_.certificate, .key = other.key}),
            "TLS: " + other.key + ": the private key is not that of the certificate in " + server_.certificate);
}

TEST_F(Files, EncryptedKey) {
  std::FILE* out = std::fopen(folder_.socket("some.pem").c_str(), "w");
  EVP_PKEY* const key = EVP_EC_gen("P-256");
  PEM_write_PrivateKey(out, key, EVP_aes_128_cbc(), reinterpret_cast<const unsigned char*>("secret"), 6, nullptr,
                       nullptr);
  EVP_PKEY_free(key);
  std::fclose(out);
  EXPECT_THAT(refusal({.certificate = server_.certificate, .key = folder_.socket("some.pem")}),
              HasSubstr("the private key is encrypted"));
}

TEST_F(Files, NoNameOfAHost) {
  for (const std::string& name : {std::string(256, 'x'), std::string("a\0b", 3)}) {
    const rpc::Tls tls({.server_name = name});
    EXPECT_THAT(error_of([&] { rpc::connect("tls://localhost:1", {.tls = tls}); }).what(),
                HasSubstr("no name of a host"));
  }
}

TEST_F(Files, AServerNeedsACertificate) {
  rpc::Server bare;
  EXPECT_STREQ(error_of([&] { bare.listen("tls://127.0.0.1:0"); }).what(),
               "a server has to show a certificate: rpc::Server server({.tls = tls})");
  const rpc::Tls tls({.ca = authority_.file()});
  rpc::Server server({.tls = tls});
  EXPECT_THAT(error_of([&] { server.listen("tls://127.0.0.1:0"); }).what(), HasSubstr("set TlsOptions::certificate"));
}

}  // namespace
