// Channels to several servers at tls://, each of which is verified by its own name.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "net/balance/balancer.h"
#include "tls/secure_running.h"

namespace {

using testing::HasSubstr;

/// Servers on addresses of this machine, with certificates of one authority.
class SecureMany : public testing::Test {
 protected:
  struct One {
    std::optional<rpc::Server> server;
    std::atomic<int> calls = 0;
    std::string url;
  };

  /// Returns one that listens at `host`, and whose certificate is for `names`.
  std::unique_ptr<One> start(const std::string& host, const std::string& names) {
    auto one = std::make_unique<One>();
    const auto object = std::make_shared<Probe>();
    object->on_act = [&calls = one->calls](const std::string&) { ++calls; };
    const rpc::Tls tls(shown_by(authority_.issue({.name = host, .names = names})));
    one->server.emplace(rpc::ServerOptions{.tls = tls});
    one->server->serve<Probe>(object);
    one->url = one->server->listen("tls://" + host + ":0");
    return one;
  }
  rpc::Tls trusting() const { return rpc::Tls({.ca = authority_.file()}); }

  Logged logged_;
  Folder folder_;
  Authority authority_{folder_, "ca"};
};

TEST_F(SecureMany, EachIsVerifiedByItsOwnName) {
  const std::unique_ptr<One> first = start("127.0.0.1", "IP:127.0.0.1");
  const std::unique_ptr<One> second = start("127.0.0.2", "IP:127.0.0.2");
  const std::unique_ptr<One> other = start("127.0.0.3", "IP:127.0.0.1");
  const std::string rest = second->url.substr(std::string("tls://").size());
  const rpc::Tls tls = trusting();
  const ProbeClient probe(rpc::connect(first->url + "," + rest + "," + other->url, {.tls = tls}));
  EXPECT_TRUE(soon([&] { return probe.act("x"), first->calls != 0 && second->calls != 0; }));
  for (int i = 0; i < 20; ++i) probe.act("x");
  EXPECT_EQ(other->calls, 0);
  const rpc::Channel wrong = rpc::connect(other->url + ",127.0.0.1:1", {.tls = tls});
  EXPECT_THAT(error_of([&] { ProbeClient(wrong, {.deadline = 500ms}).act("x"); }).what(),
              HasSubstr("and not for 127.0.0.3"));
}

TEST_F(SecureMany, WhatIsFoundLaterIsTrustedAlike) {
  const std::unique_ptr<One> one = start("127.0.0.1", "DNS:nowhere.invalid");
  rpc::net::Url url = rpc::net::parse_url(one->url);
  url.name = "nowhere.invalid";
  std::optional<rpc::Tls> tls = trusting();
  const rpc::Channel channel(rpc::net::Balancer::make("tls://nowhere.invalid", {url}, {.tls = *tls}));
  tls.reset();
  url.address = "127.0.0.1";
  static_cast<rpc::net::Balancer&>(channel.transport()).looked_up(0, {url}, {});
  ProbeClient(channel).act("x");
  EXPECT_EQ(one->calls, 1);
}

}  // namespace
