// Whom each end trusts, and what it says of those it does not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <rpc/this_call.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "tls/inside.h"
#include "tls/secure_running.h"

namespace {

using testing::HasSubstr;

/// The server's certificate is as wished, and the client says what is wrong with it.
void expect_refused(const Wish& wish, const std::string& reason) {
  Logged logged;
  const SecureRunning running(wish);
  const rpc::Error error = refusal_of(running.connect());
  EXPECT_EQ(error.code(), rpc::Code::unavailable);
  EXPECT_THAT(error.what(), HasSubstr(reason));
  EXPECT_TRUE(tells(logged, "does not accept this end's certificate"));
}

TEST(Trust, ExpiredServer) { expect_refused({.begins = -48h, .ends = -24h}, "the server's certificate expired on "); }

TEST(Trust, ServerOfTomorrow) { expect_refused({.begins = 24h, .ends = 48h}, "certificate is not valid before "); }

TEST(Trust, ServerOfAnotherHost) {
  expect_refused({.names = "DNS:db.example.org,IP:10.0.0.1"},
                 "the server's certificate is for db.example.org, 10.0.0.1, and not for 127.0.0.1");
}

TEST(Trust, ServerOfNoHost) { expect_refused({.names = ""}, "it has no subjectAltName"); }

TEST(Trust, SelfSignedServer) { expect_refused({.self_signed = true}, "certificate is self-signed, and not trusted"); }

TEST(Trust, UnknownAuthority) {
  Logged logged;
  const SecureRunning running;
  Authority other(running.folder, "other");
  EXPECT_THAT(refusal_of(running.connect({.ca = other.file()})).what(),
              HasSubstr("comes from an authority that is not trusted: \"CN=ca\""));
}

TEST(Trust, WithoutAnAuthorityThatOfTheSystem) {
  Logged logged;
  const SecureRunning running;
  EXPECT_THAT(refusal_of(rpc::connect(running.url)).what(), HasSubstr("comes from an authority that is not trusted"));
  ::setenv("SSL_CERT_FILE", running.authority.file().c_str(), 1);
  EXPECT_EQ(ProbeClient(running.connect({})).add(1, 2), 3);
  ::unsetenv("SSL_CERT_FILE");
}

// They are many, and take long to read.
TEST(Trust, TheSystemsAuthoritiesAreReadForChannelsAlone) {
  const Folder folder;
  Authority authority(folder, "ca");
  ::setenv("SSL_CERT_FILE", authority.file().c_str(), 1);
  rpc::Tls tls(shown_by(authority.issue({})));
  rpc::Server server({.tls = tls});
  const std::string url = server.listen("tls://127.0.0.1:0");
  EXPECT_EQ(trusted_by(tls), 0);
  const rpc::Channel channel = rpc::connect(url, {.tls = tls});
  EXPECT_EQ(trusted_by(tls), 1);
  tls.reload();
  EXPECT_EQ(trusted_by(tls), 1);
  ::unsetenv("SSL_CERT_FILE");
}

TEST(Trust, TheNameThatIsExpected) {
  Logged logged;
  const SecureRunning running({.names = "DNS:db.example.org"});
  EXPECT_EQ(ProbeClient(running.connect({.ca = running.authority.file(), .server_name = "db.example.org"})).add(1, 2),
            3);
  EXPECT_THAT(refusal_of(running.connect({.ca = running.authority.file(), .server_name = "x.example.org"})).what(),
              HasSubstr("is for db.example.org, and not for x.example.org"));
}

TEST(Trust, RevokedServer) {
  Logged logged;
  SecureRunning running;
  rpc::TlsOptions client{.ca = running.authority.file(), .crl = running.authority.revoke({})};
  EXPECT_EQ(ProbeClient(running.connect(client)).add(1, 2), 3);
  running.authority.revoke({101});
  EXPECT_THAT(refusal_of(running.connect(client)).what(), HasSubstr("the server's certificate was revoked"));
  running.authority.revoke({}, -60s);
  EXPECT_THAT(refusal_of(running.connect(client)).what(), HasSubstr("has expired: TlsOptions::crl needs a new one"));
  Authority other(running.folder, "other");
  client.crl = other.revoke({});
  EXPECT_THAT(refusal_of(running.connect(client)).what(),
              HasSubstr("TlsOptions::crl has no list of revoked certificates of \"CN=ca\""));
}

class Mutual : public testing::Test {
 protected:
  rpc::Channel client(const Wish& wish) {
    const Issued files = running_.authority.issue(wish);
    return running_.connect(shown_by(files, running_.authority.file()));
  }

  Logged logged_;
  SecureRunning running_{Wish{}, true};
};

TEST_F(Mutual, Works) { EXPECT_EQ(ProbeClient(client({.name = "client"})).add(1, 2), 3); }

TEST_F(Mutual, TheServerKnowsTheClientByName) {
  std::string identity;
  running_.object->on_act = [&](const std::string&) { identity = rpc::this_call().peer().identity; };
  const auto identity_with = [&](const std::string& names) {
    ProbeClient(client({.name = "billing", .names = names})).act("");
    return identity;
  };
  EXPECT_EQ(identity_with("DNS:a.example.org,URI:spiffe://example.org/billing,URI:spiffe://x"),
            "x509:spiffe://example.org/billing");
  EXPECT_EQ(identity_with("IP:10.0.0.1,DNS:a.example.org,DNS:b.example.org"), "x509:a.example.org");
  EXPECT_EQ(identity_with(""), "x509:billing");
}

TEST_F(Mutual, TheServerKnowsTheClientWhenItResumesItsSession) {
  std::vector<std::string> seen;  // calls come one at a time
  running_.server.authorize([&](const rpc::AccessRequest& call) {
    seen.emplace_back(call.peer.identity);
    return rpc::allow();
  });
  running_.object->on_act = [&](const std::string&) { seen.emplace_back(rpc::this_call().peer().identity); };
  const rpc::Tls client(
      shown_by(running_.authority.issue({.name = "billing", .names = ""}), running_.authority.file()));
  const ProbeClient probe(rpc::connect(running_.url, {.tls = client}));
  probe.act("");
  running_.server.stop();
  running_.server.listen(running_.url);
  EXPECT_TRUE(soon([&] { return error_of([&] { probe.act(""); }).code() == rpc::Code{}; }));
  EXPECT_EQ(resumed_with(client), 1);
  EXPECT_EQ(seen, std::vector<std::string>(4, "x509:billing"));
}

TEST_F(Mutual, NoCertificate) {
  EXPECT_THAT(refusal_of(running_.connect()).what(),
              HasSubstr("the server takes only those who show a certificate: TlsOptions::certificate"));
  EXPECT_TRUE(tells(logged_, "the client shows no certificate"));
  EXPECT_FALSE(logged_.has("127.0.0.1:0:")) << "that is who listens, not who was refused";
}

TEST_F(Mutual, ExpiredClient) {
  EXPECT_THAT(refusal_of(client({.name = "client", .begins = -48h, .ends = -24h})).what(),
              HasSubstr("the server does not accept this end's certificate: certificate expired"));
  EXPECT_TRUE(tells(logged_, "the client's certificate expired on "));
}

TEST_F(Mutual, ClientOfAnotherAuthority) {
  Authority other(running_.folder, "other");
  const Issued files = other.issue({.name = "client"});
  EXPECT_THAT(refusal_of(running_.connect(shown_by(files, running_.authority.file()))).what(), HasSubstr("unknown CA"));
  EXPECT_TRUE(tells(logged_, "from an authority that is not trusted: \"CN=other\""));
}

// A server learns of what its files say when it is told, and its clients' sessions end with it.
TEST(Reload, TakesWhatTheFilesSayNow) {
  Logged logged;
  Folder folder;
  Authority authority(folder, "ca");
  const Issued client = authority.issue({.name = "client"});
  rpc::TlsOptions options = shown_by(authority.issue({}), authority.file());
  options.crl = authority.revoke({});
  rpc::Tls tls(options);
  rpc::Server server({.tls = tls});
  server.serve<Probe>(std::make_shared<Probe>());
  const std::string url = server.listen("tls://127.0.0.1:0");
  const rpc::Tls shown(shown_by(client, authority.file()));
  const ProbeClient before(rpc::connect(url, {.tls = shown}));
  EXPECT_EQ(before.add(1, 2), 3);
  authority.revoke({client.serial});
  EXPECT_EQ(ProbeClient(rpc::connect(url, {.tls = shown})).add(1, 2), 3);
  tls.reload();
  EXPECT_EQ(before.add(1, 2), 3);
  EXPECT_THAT(refusal_of(rpc::connect(url, {.tls = shown})).what(), HasSubstr("certificate revoked"));
  EXPECT_TRUE(tells(logged, "the client's certificate was revoked"));
}

TEST(Reload, KeepsWhatItHasIfTheFilesAreBad) {
  SecureRunning running;
  std::filesystem::remove(running.folder.socket("server.key"));
  const rpc::Error error = error_of([&] { running.tls.reload(); });
  EXPECT_THAT(error.what(), HasSubstr("server.key: cannot be read: No such file or directory"));
  EXPECT_EQ(ProbeClient(running.connect()).add(1, 2), 3);
}

}  // namespace
