// A session by itself, between a raw client and a test that receives for it and never sends.
#include "session.h"

#include <rpc/error.h>
#include <rpc/tls.h>

#include <sys/socket.h>

#include <future>

#include "runtime/net/running.h"
#include "tls/raw_tls.h"
#include "tls/secure_running.h"

namespace {

using rpc::net::Step;
using rpc::tls::Session;

// Each new key that a peer asks for is answered with one, and answers that are not read take memory.
TEST(TlsSession, GivesNoMoreAnswersThanAreRead) {
  const Folder folder;
  Authority authority(folder, "ca");
  Session session(rpc::tls::load(shown_by(authority.issue({})), &Session::on_session), rpc::tls::Role::server);
  int ends[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
  const rpc::net::Fd client_end(ends[0]), server_end(ends[1]);
  auto connecting = std::async(std::launch::async, [&] { return RawTls::client().session(client_end); });
  ASSERT_TRUE(soon([&] { return session.handshake(server_end.get()) == Step::done; }));
  const std::shared_ptr<SSL> client = connecting.get();

  const auto ask_and_answer = [&] {
    SSL_key_update(client.get(), SSL_KEY_UPDATE_REQUESTED);
    SSL_do_handshake(client.get());
    const auto room = session.space();
    session.received(static_cast<std::size_t>(::recv(server_end.get(), room.at, room.size, 0)));
    std::byte nothing[64];
    session.decrypt(nothing, sizeof nothing);
  };
  const rpc::Error ended = error_of([&] {
    for (int i = 0; i < 20'000; ++i) ask_and_answer();
  });
  EXPECT_STREQ(ended.what(), "it asks for more answers of TLS than it reads");
}

std::string name_of(const std::string& common_name) {
  const rpc::tls::CertificatePtr certificate(X509_new());
  X509_NAME_add_entry_by_NID(X509_get_subject_name(certificate.get()), NID_commonName, MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(common_name.data()),
                             static_cast<int>(common_name.size()), -1, 0);
  return rpc::tls::name_of(certificate.get());
}

TEST(TlsIdentity, IsNoNameThatReadsLikeAnother) {
  EXPECT_EQ(name_of("b\u00fcro"), "b\u00fcro");
  EXPECT_EQ(name_of(std::string("admin\0.example.org", 18)), "");
  EXPECT_EQ(name_of("admin\nserver"), "");
}

}  // namespace
