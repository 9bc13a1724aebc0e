// Hostile peers over TLS, who have got through the handshake; and those who have not.
#include "runtime/net/hostile.h"

#include "tls/raw_tls.h"
#include "tls/secure_running.h"

namespace {

struct OverTls {
  static constexpr int times = 100;
  static constexpr auto deadline = 1s;

  struct Served {
    RawPeer connect() const { return raw.over(connect_to(running.port)); }
    rpc::Channel channel() const { return running.connect(); }
    SecureRunning running;
    RawTls raw = RawTls::client();
  };

  struct Serving {
    RawPeer accept(bool* resumed = nullptr) const {
      pollfd poll{listener.get(), POLLIN, 0};
      ::poll(&poll, 1, static_cast<int>(std::chrono::milliseconds(patience).count()));
      return raw.over(rpc::net::Fd(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC)), true, resumed);
    }
    rpc::Channel channel() const {
      const rpc::Tls tls({.ca = authority.file()});
      return rpc::connect(port.url, {.tls = tls});
    }
    Folder folder;
    Authority authority{folder, "ca"};
    RawTls raw = RawTls::server(authority.issue({}));
    TcpPort port;
    rpc::net::Fd& listener = port.listener;
  };
};

INSTANTIATE_TYPED_TEST_SUITE_P(OverTls, HostileClients, OverTls);
INSTANTIATE_TYPED_TEST_SUITE_P(OverTls, HostileServers, OverTls);

// The raw server leaves after each call, and the next goes by a new connection.
TEST(TlsSession, IsResumedOnTheNextConnection) {
  OverTls::Serving serving;
  bool resumed[3] = {};
  std::thread server([&] {
    for (bool& each : resumed) {
      RawPeer peer = serving.accept(&each);
      peer.send(welcome());
      for (auto got = peer.receive(); got && got->header.kind != Kind::call;) got = peer.receive();
    }
  });
  const ProbeClient probe(serving.channel());
  for (int i = 0; i < 3; ++i) EXPECT_EQ(error_of([&] { probe.add(1, 2); }).code(), rpc::Code::unavailable);
  server.join();
  EXPECT_FALSE(resumed[0]);
  EXPECT_TRUE(resumed[1]);
  EXPECT_TRUE(resumed[2]);
}

class HostileStrangers : public Hostile {
 protected:
  RawPeer stranger() { return RawPeer(connect_to(running_.port)); }
  void expect_alive() { EXPECT_EQ(ProbeClient(running_.connect()).add(1, 1), 2) << "seed " << seed(); }
  Bytes random_bytes(std::size_t size) {
    Bytes bytes(size);
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random_());
    return bytes;
  }

  SecureRunning running_;
};

TEST_F(HostileStrangers, Garbage) {
  for (int i = 0; i < 300; ++i) {
    Bytes bytes = random_bytes(1 + random_() % 500);
    if (i % 2 == 0) bytes[0] = 22;  // a handshake of TLS
    if (i % 4 == 0 && bytes.size() > 2) bytes[1] = 3, bytes[2] = 1;
    ASSERT_TRUE(stranger().send(bytes));
  }
  expect_alive();
}

/// What a client begins with.
Bytes client_hello() {
  const std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free);
  const std::shared_ptr<SSL> ssl(SSL_new(context.get()), &SSL_free);
  BIO* const out = BIO_new(BIO_s_mem());
  SSL_set_bio(ssl.get(), BIO_new(BIO_s_mem()), out);
  SSL_connect(ssl.get());
  char* data = nullptr;
  const long size = BIO_get_mem_data(out, &data);
  return {data, data + size};
}

TEST_F(HostileStrangers, BitFlippedAndCutHandshakes) {
  const Bytes good = client_hello();
  for (int i = 0; i < 300; ++i) {
    Bytes bytes = good;
    for (unsigned flips = random_() % 4; flips != 0; --flips) bytes[random_() % bytes.size()] ^= 1U << random_() % 8;
    if (i % 2 == 0) bytes.resize(random_() % bytes.size());
    stranger().send(bytes);
  }
  expect_alive();
}

// Who is in the middle of a handshake holds nobody else up.
TEST_F(HostileStrangers, ManyThatStayInTheMiddleOfTheHandshake) {
  const Bytes good = client_hello();
  std::vector<RawPeer> peers;
  for (int i = 0; i < 200; ++i) {
    peers.push_back(stranger());
    peers.back().send(Bytes(good.begin(), good.begin() + i % 200));
  }
  expect_alive();
}

TEST(TlsHandshake, TakesNoLongerThanItMay) {
  Logged logged;
  const SecureRunning running(Wish{}, false, {.handshake_timeout = 50ms});
  RawPeer peer(connect_to(running.port));
  peer.send(Bytes{22, 3, 1});
  EXPECT_TRUE(peer.closed());
  EXPECT_TRUE(tells(logged, "no TLS handshake within Limits::handshake_timeout"));
}

TEST(TlsHandshake, NoMoreAtATimeThanConnections) {
  Logged logged;
  const SecureRunning running(Wish{}, false, {.max_connections = 2});
  std::vector<RawPeer> peers;
  for (int i = 0; i < 2; ++i) peers.emplace_back(connect_to(running.port));
  RawPeer third(connect_to(running.port));
  EXPECT_TRUE(third.closed());
  EXPECT_TRUE(tells(logged, "Limits::max_connections allows no more TLS handshakes"));
  peers.clear();
  EXPECT_EQ(ProbeClient(running.connect()).add(1, 2), 3);
}

TEST(TlsHandshake, ThoseUnderWayEndWithTheServer) {
  SecureRunning running;
  RawPeer peer(connect_to(running.port));
  running.server.stop();
  EXPECT_TRUE(peer.closed());
}

TEST(TlsHandshake, AClientThatSpeaksNoTlsIsTold) {
  Logged logged;
  const SecureRunning running;
  const rpc::Error error = refusal_of(rpc::connect("tcp://127.0.0.1:" + running.port));
  EXPECT_EQ(error.code(), rpc::Code::incompatible);
  EXPECT_NE(std::string(error.what()).find("connect to tls:// and not to tcp://"), std::string::npos) << error.what();
  EXPECT_TRUE(tells(logged, "the client speaks no TLS"));
}

TEST(TlsHandshake, AServerThatSpeaksNoTlsIsNoticed) {
  Logged logged;
  const SecureRunning secure;
  rpc::Server plain;
  const std::string url = plain.listen("tcp://127.0.0.1:0");
  const rpc::Tls tls({.ca = secure.authority.file()});
  const rpc::Error error = refusal_of(rpc::connect("tls" + url.substr(3), {.tls = tls}));
  EXPECT_EQ(error.code(), rpc::Code::unavailable);
  EXPECT_NE(std::string(error.what()).find("connect to tcp:// and not to tls://"), std::string::npos) << error.what();
}

}  // namespace
