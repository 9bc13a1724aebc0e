// A server's twin over a real connection: calls that end in every way at once, each of them once.
#include <gtest/gtest.h>

#include <rpc/marshal.h>
#include <rpc/pending_source.h>
#include <rpc/server.h>
#include <rpc/twin.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "runtime/net/running.h"

/// "int twice(int)", by hand in the shape of generated code. Interfaces are specialised outside of namespaces.
class Doubler {};

class AsyncDoubler {
 public:
  virtual ~AsyncDoubler() = default;
  virtual rpc::Pending Begin_twice(int number) = 0;
  virtual int Finish_twice(rpc::Pending pending, int number) = 0;
};

namespace {

constexpr rpc::MethodInfo doubler_methods[] = {{.name = "twice"}};
constexpr rpc::InterfaceInfo doubler_info{
    .name = "Doubler", .fingerprint = 7, .methods = doubler_methods, .method_count = 1};

struct Call_twice {
  int number{};
};

rpc::Pending begin_twice(AsyncDoubler& server, rpc::Decoder& in, Call_twice& object) {
  rpc::Reader at = in.begin();
  at.read(object.number);
  in.finish(at);
  return server.Begin_twice(object.number);
}

void finish_twice(AsyncDoubler& server, rpc::Pending pending, rpc::Encoder& out, Call_twice& object) {
  rpc::write_reply(out, server.Finish_twice(std::move(pending), object.number));
}

void dispatch_doubler(void* server, std::uint16_t, rpc::Incoming& call) {
  rpc::serve_twin(call, *static_cast<AsyncDoubler*>(server), &begin_twice, &finish_twice);
}

}  // namespace

template <>
struct rpc::Interface<Doubler> {
  static Skeleton skeleton(AsyncDoubler& server) { return {&doubler_info, &server, &dispatch_doubler}; }
};

namespace {

class DoublerClient {
 public:
  explicit DoublerClient(rpc::Channel channel)
      : stub_(std::move(channel), {.deadline = rpc::no_deadline}, doubler_info) {}
  rpc::Pending Begin_twice(int number) const {
    rpc::Outgoing call = stub_.call(0);
    rpc::Writer at = call.arguments().begin();
    at.write(number);
    call.arguments().commit(at);
    return rpc::begin_call(stub_, 0, call.start<int>());
  }
  int Finish_twice(const rpc::Pending& pending) const { return rpc::finish_call<int>(stub_, 0, pending); }

 private:
  rpc::Stub stub_;
};

/// Ends calls on a thread of its own, in no order and in all ways.
class Workshop final : public AsyncDoubler {
 public:
  explicit Workshop(unsigned seed) : random_(seed), worker_([this](const std::stop_token& stop) { work(stop); }) {}

  rpc::Pending Begin_twice(int number) override {
    ++begun;
    rpc::PendingSource source;
    if (number % 11 == 0) throw std::out_of_range("no elevens");
    rpc::Pending pending = source.pending();
    if (number % 7 == 0) {
      source.signal();
      return pending;
    }
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(source));
    changed_.notify_one();
    return pending;
  }

  int Finish_twice(rpc::Pending pending, int number) override {
    EXPECT_TRUE(pending.ready());
    ++finished;
    return 2 * number;
  }

  std::atomic<int> begun = 0;
  std::atomic<int> finished = 0;

 private:
  void work(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (changed_.wait(lock, stop, [this] { return !waiting_.empty(); })) {
      std::swap(waiting_[random_() % waiting_.size()], waiting_.back());
      rpc::PendingSource source = std::move(waiting_.back());
      waiting_.pop_back();
      const unsigned way = random_() % 8;
      lock.unlock();
      if (way == 0) source.fail(rpc::Error(rpc::Code::overloaded, "not now"));
      if (way > 1) source.signal();  // else it is dropped
      source = rpc::PendingSource();
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::vector<rpc::PendingSource> waiting_;
  std::minstd_rand random_;
  std::jthread worker_;
};

/// Begins calls, a few at a time, and ends them in all ways; gives how many of them it finished.
int call_at_random(const DoublerClient& doubler, unsigned seed, int calls) {
  std::minstd_rand random(seed);
  std::vector<std::pair<int, rpc::Pending>> open;
  int results = 0;
  for (int number = 1; number <= calls || !open.empty(); ++number) {
    if (number <= calls) open.emplace_back(number, doubler.Begin_twice(number));
    if (open.size() < 16 && number < calls) continue;
    std::swap(open[random() % open.size()], open.back());
    auto& [begun, pending] = open.back();
    const unsigned way = random() % 8;
    if (way == 0) pending.cancel();
    if (way == 1) pending.abandon();
    try {
      if (way == 2) throw rpc::Error(rpc::Code::abandoned, "is dropped below");
      EXPECT_EQ(doubler.Finish_twice(pending), 2 * begun);
      ++results;
    } catch (const rpc::Error& error) {
      EXPECT_NE(error.code(), rpc::Code::internal) << error.what();
      EXPECT_NE(error.code(), rpc::Code::malformed) << error.what();
    }
    open.pop_back();
  }
  return results;
}

TEST(Twins, AreNotAskedWhatIsNotAllowed) {
  const Folder folder;
  const auto workshop = std::make_shared<Workshop>(1);
  rpc::Server server;
  server.serve<Doubler>(workshop);
  server.listen(folder.url());
  server.authorize([](const rpc::AccessRequest&) { return rpc::deny("not yours"); });
  const DoublerClient doubler(rpc::connect(folder.url()));
  const rpc::Pending pending = doubler.Begin_twice(1);
  const rpc::Error error = error_of([&] { doubler.Finish_twice(pending); });
  EXPECT_EQ(error.code(), rpc::Code::denied);
  EXPECT_EQ(workshop->begun, 0);
}

TEST(Twins, EndEachCallOnceInWhateverWay) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  const Folder folder;
  const auto workshop = std::make_shared<Workshop>(seed);
  rpc::Server server;
  server.serve<Doubler>(workshop);
  server.listen(folder.url());
  constexpr int calls = 1000;
  constexpr unsigned clients = 4;
  std::atomic<int> results = 0;
  {
    std::vector<std::jthread> threads;
    for (unsigned i = 1; i <= clients; ++i) {
      threads.emplace_back([&, i] {
        const DoublerClient doubler(rpc::connect(folder.url()));
        results += call_at_random(doubler, seed + i, calls);
      });  // those that it dropped end with its connection
    }
  }
  server.stop();
  EXPECT_LE(workshop->begun, static_cast<int>(clients) * calls);
  EXPECT_GE(workshop->finished, results);
  EXPECT_GT(results, 0);
}

}  // namespace
