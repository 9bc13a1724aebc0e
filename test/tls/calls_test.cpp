// Calls of every kind over tls://.
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "tls/secure_running.h"

namespace {

TEST(TlsCalls, OfEveryKind) {
  SecureRunning running;
  std::atomic<int> notes{0};
  running.object->on_note = [&](const std::string&) { ++notes; };
  const ProbeClient probe(running.connect());
  EXPECT_EQ(probe.add(1, 2), 3);
  EXPECT_EQ(probe.async_echo("later").get(), "later");
  probe.note("perhaps");
  EXPECT_TRUE(soon([&] { return notes == 1; }));
  running.object->on_act = [](const std::string&) { throw std::runtime_error("no"); };
  EXPECT_EQ(error_of([&] { probe.act("fail"); }).code(), rpc::Code::failed);
}

TEST(TlsCalls, MaybeSendsNoDatagrams) {
  SecureRunning running;
  const rpc::Channel channel = running.connect();
  const ProbeClient probe(channel);
  probe.add(1, 2);
  for (int i = 0; i < 10; ++i) probe.note("x");
  EXPECT_TRUE(soon([&] { return running.server.counters().frames_received == 10; }));
  EXPECT_EQ(channel.counters().datagrams_sent, 0);
}

// Records hold 16 KiB, system calls take what they like.
TEST(TlsCalls, OfEverySizeBothWaysAtOnce) {
  SecureRunning running;
  const ProbeClient probe(running.connect());
  std::vector<std::thread> callers;
  std::atomic<int> wrong{0};
  for (int caller = 0; caller < 3; ++caller) {
    callers.emplace_back([&, caller] {
      for (const std::size_t size : {0UL, 1UL, 16'000UL, 16'384UL, 65'536UL, 70'000UL, 5UL << 20}) {
        std::string text(size + static_cast<std::size_t>(caller), static_cast<char>('a' + caller));
        for (std::size_t i = 0; i < text.size(); i += 997) text[i] = static_cast<char>(i);
        if (probe.with({.deadline = patience}).echo(text) != text) ++wrong;
      }
    });
  }
  for (std::thread& each : callers) each.join();
  EXPECT_EQ(wrong, 0);
}

TEST(TlsCalls, ManyInFlight) {
  SecureRunning running;
  const ProbeClient probe(running.connect());
  std::vector<rpc::Future<int>> sums;
  for (int i = 0; i < 2000; ++i) sums.push_back(probe.async_add(i, 1));
  for (int i = 0; i < 2000; ++i) EXPECT_EQ(sums[static_cast<std::size_t>(i)].get(), i + 1);
}

TEST(TlsCalls, ConnectsAgain) {
  SecureRunning running;
  const ProbeClient probe(running.connect());
  EXPECT_EQ(probe.add(1, 2), 3);
  running.server.stop();
  EXPECT_EQ(running.server.listen(running.url), running.url);
  EXPECT_TRUE(soon([&] { return error_of([&] { probe.add(3, 4); }).code() == rpc::Code{}; }));
}

TEST(TlsCalls, AddressesAreNames) {
  SecureRunning running;
  const rpc::Tls client({.ca = running.authority.file()});
  EXPECT_EQ(ProbeClient(rpc::connect("tls://localhost:" + running.port, {.tls = client})).add(1, 2), 3);
}

}  // namespace
