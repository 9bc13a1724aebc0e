// Messages over tls://: they arrive, also by later connections, and the hook knows who brings them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <rpc/this_call.h>

#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/queue/ledger.h"
#include "tls/inside.h"
#include "tls/secure_running.h"

namespace {

class TlsMessages : public testing::Test {
 protected:
  rpc::Tls shown(const Wish& wish) { return rpc::Tls(shown_by(authority_.issue(wish), authority_.file())); }

  /// Also after stop(), and at the same address then.
  void listen() {
    server_.emplace(rpc::ServerOptions{.queue = inbox_, .tls = by_server_});
    server_->serve<Ledger>(ledger_);
    if (hook_) server_->authorize(hook_);
    url_ = server_->listen(url_);
  }
  void stop() { server_.reset(); }

  LedgerClient connect() { return LedgerClient(rpc::connect(url_, {.queue = *outbox_, .tls = by_client_})); }

  QueueFolder folder_;
  Authority authority_{folder_, "ca"};
  rpc::Tls by_server_ = shown({});
  rpc::Tls by_client_ = shown({.name = "billing", .names = ""});
  rpc::Queue inbox_ = rpc::open_queue(options_in(folder_.socket("inbox")));
  std::optional<rpc::Queue> outbox_ = rpc::open_queue(options_in(folder_.socket("outbox")));
  std::shared_ptr<Ledger> ledger_ = std::make_shared<Ledger>();
  std::function<rpc::Verdict(const rpc::AccessRequest&)> hook_;
  std::optional<rpc::Server> server_;
  std::string url_ = "tls://127.0.0.1:0";
};

TEST_F(TlsMessages, ArriveByThisConnectionOrTheNext) {
  listen();
  const LedgerClient client = connect();
  EXPECT_TRUE(client.async_record("a").handled().wait_for(patience));
  stop();
  client.record("b");
  const rpc::Receipt last = client.async_record("c");
  last.stored().get();
  listen();
  EXPECT_TRUE(last.handled().wait_for(patience));
  EXPECT_THAT(ledger_->texts(), testing::ElementsAre("a", "b", "c"));
}

TEST_F(TlsMessages, GoByTheQueueOfTheProcess) {
  ::setenv("FARCALL_QUEUE_DIR", folder_.socket("process").c_str(), 1);
  listen();
  const LedgerClient client(rpc::connect(url_, {.tls = by_client_}));
  EXPECT_TRUE(client.async_record("a").handled().wait_for(patience));
  ::unsetenv("FARCALL_QUEUE_DIR");
}

// Until there is a channel to that address, nothing says which certificate to show.
TEST_F(TlsMessages, ThatAnEarlierProcessLeftWaitForAChannel) {
  const Logged logged;
  listen();
  stop();
  connect().record("a");
  outbox_.reset();
  listen();
  outbox_ = rpc::open_queue(options_in(folder_.socket("outbox")));
  ASSERT_TRUE(tells(logged, "the client does not accept this end's certificate"));
  EXPECT_TRUE(tells(logged, "messages to " + url_ + " wait: "));
  const LedgerClient client = connect();
  EXPECT_TRUE(soon([&] { return ledger_->count() == 1; }));
}

TEST_F(TlsMessages, AreAllowedByWhoBringsThem) {
  std::vector<std::string> seen;
  hook_ = [&](const rpc::AccessRequest& call) {
    if (call.interface == "Ledger") seen.emplace_back(call.peer.identity);
    return call.peer.identity == "x509:billing" ? rpc::allow() : rpc::deny("who is that?");
  };
  std::string handled_for = "nobody yet";
  ledger_->on_text = [&](const std::string&) { handled_for = rpc::this_call().peer().identity; };
  listen();
  const LedgerClient client = connect();
  EXPECT_TRUE(client.async_record("a").handled().wait_for(patience));
  stop();
  listen();
  EXPECT_TRUE(client.async_record("b").handled().wait_for(patience));
  EXPECT_THAT(seen, testing::ElementsAre("x509:billing", "x509:billing"));
  EXPECT_EQ(resumed_with(by_client_), 1);
  EXPECT_EQ(handled_for, "") << "a message may have been brought long ago";
}

}  // namespace
