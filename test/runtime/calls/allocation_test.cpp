// A blocking call allocates nothing, a future once.
#include <gtest/gtest.h>

#include <rpc/reply.h>
#include <rpc/skeleton.h>

#include <cstdlib>
#include <functional>
#include <new>
#include <thread>

#include "fake_transport.h"
#include "server_call.h"

namespace {
std::size_t allocations = 0;
}

[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void* operator new(std::size_t size, std::align_val_t alignment) {
  ++allocations;
  const auto unit = static_cast<std::size_t>(alignment);
  if (void* memory = std::aligned_alloc(unit, (size + unit - 1) / unit * unit)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

namespace rpc::test {
namespace {

/// Answers every call with 4 bytes: at once, or when told.
class InstantTransport final : public internal::ClientTransport {
 public:
  Channel channel() { return Channel(internal::Ref<internal::ClientTransport>::adopt(this)); }
  const Limits& limits() const noexcept override { return limits_; }
  Encoding encoding_of(const InterfaceInfo&) const noexcept override { return Encoding::exact; }
  void start(internal::PendingCall& call, internal::CallRequest&) noexcept override {
    pending_ = &call;
    if (!later) answer();
  }
  void send_oneway(internal::CallRequest&) override {}
  void watch(internal::PendingCall&) noexcept override {}
  MessageTransport& queue() override { throw Error(Code::unimplemented, "there is no queue"); }
  std::string_view address() const noexcept override { return {}; }
  void wait(internal::PendingCall&, internal::Time) noexcept override { answer(); }
  bool withdraw(internal::PendingCall&) noexcept override { return std::exchange(pending_, nullptr) != nullptr; }
  void cancel(internal::PendingCall&) noexcept override {}

  void answer() {
    constexpr std::byte seven[4] = {std::byte{7}};
    internal::run(std::exchange(pending_, nullptr)->complete(seven, sizeof seven, limits_));
  }

  bool later = false;

 private:
  const Limits limits_;
  internal::PendingCall* pending_ = nullptr;
};

class AllocationTest : public testing::Test {
 protected:
  AllocationTest() { calculator.add(1); }  // fills the thread's cache of buffers

  template <class F>
  static std::size_t count(F f) {
    const std::size_t before = allocations;
    f();
    return allocations - before;
  }

  InstantTransport& transport = *new InstantTransport;
  CalculatorClient calculator{transport.channel()};
};

TEST_F(AllocationTest, ABlockingCallAllocatesNothing) {
  EXPECT_EQ(count([&] { EXPECT_EQ(calculator.add(1), 7); }), 0U);
}

TEST_F(AllocationTest, ATraceAllocatesNothing) {
  const CalculatorClient traced = calculator.with({.trace = Trace::begin()});
  traced.add(1);  // the buffer grows
  EXPECT_EQ(count([&] { EXPECT_EQ(traced.add(1), 7); }), 0U);
}

// None when the thread has the memory of an earlier call.
TEST_F(AllocationTest, AFutureIsAtMostOneAllocation) {
  EXPECT_LE(count([&] { EXPECT_EQ(calculator.async_add(1).get(), 7); }), 1U);
}

TEST_F(AllocationTest, AContinuationOfOrdinarySizeLiesInTheCall) {
  transport.later = true;
  int sum = 0;
  const std::size_t made = count([&] {
    calculator.async_add(1).then([&sum, factor = 2L, offset = 1L](Result<int> result) {
      sum = static_cast<int>(result.value() * factor + offset);
    });
    transport.answer();
  });
  EXPECT_EQ(sum, 15);
  EXPECT_LE(made, 1U);
}

TEST_F(AllocationTest, AHandleIsAtMostOneAllocation) {
  transport.later = true;
  int sum = 0;
  const std::size_t made = count([&] {
    Reply<int> done = [&sum, factor = 2L, offset = 1L](Result<int> result) {
      sum = static_cast<int>(result.value() * factor + offset);
    };
    Outgoing call = calculator.stub().call(0);
    write_one(call.arguments(), 1);
    call.start(done);
    transport.answer();
  });
  EXPECT_EQ(sum, 15);
  EXPECT_LE(made, 1U);
}

TEST_F(AllocationTest, ADeadlineOfItsOwnAllocatesNothing) {
  EXPECT_EQ(count([&] { EXPECT_EQ(calculator.with({.deadline = no_deadline}).add(1), 7); }), 0U);
}

/// A text and a block of numbers, which lies wherever the text ends.
struct Views {
  std::string_view text;
  std::span<const double> numbers;
};

void read_views(void* object, std::uint16_t, Incoming& call) {
  Views& views = *static_cast<Views*>(object);
  Decoder in = call.arguments();
  Reader at = in.begin();
  at.read(views.text);
  at.read(views.numbers);
  in.finish(at);
}

/// A connection that does not keep answers.
class Sink final : public internal::ServerTransport {
 public:
  void reply(internal::ServerCall&, Buffer&) noexcept override {}
  void fail(internal::ServerCall&, const Error&) noexcept override { ADD_FAILURE(); }
  void finished(internal::ServerCall&, const Error*) noexcept override {}
  void handed_over(internal::ServerCall&, internal::ServerCall&) noexcept override {}
  void disconnect() noexcept override {}
  Peer peer() const noexcept override { return {}; }
  void retain() noexcept override {}
  void release() noexcept override {}
};

TEST(ViewAllocationTest, ACallWithViewsAllocatesNothing) {
  const Limits limits;
  Sink sink;
  Views views;
  const Skeleton skeleton{.info = &CalculatorClient::info, .server = &views, .dispatch = &read_views};
  const std::shared_ptr<void> owner;
  for (const std::size_t size : {100U, 20'000U}) {
    for (std::size_t length = 0; length < 8; ++length) {
      Buffer buffer;
      buffer.resize(wire::block_start);  // the arguments lie where a connection puts them
      Encoder out(buffer, limits);
      Writer at = out.begin();
      at.write(std::string(length, 'x'));
      at.write(std::vector<double>(size, 1.5));
      out.commit(at);
      const std::byte* const body = buffer.data() + wire::block_start;
      const auto serve = [&] {
        internal::ServerCall call({.connection = &sink,
                                   .oneway = true,
                                   .body = {body, buffer.size() - wire::block_start},
                                   .limits = &limits,
                                   .server = &owner});
        internal::serve(call, skeleton, 0);
        EXPECT_EQ(views.text.data(), reinterpret_cast<const char*>(body + 1));
        EXPECT_EQ(views.numbers.back(), 1.5);
        const bool large = size * sizeof(double) >= wire::large_block;
        EXPECT_EQ(reinterpret_cast<const std::byte*>(&views.numbers.back() + 1) == buffer.data() + buffer.size(),
                  large || (length + 6) % alignof(double) == 0);
      };
      const std::size_t before = allocations;
      serve();
      EXPECT_EQ(allocations - before, 0U) << size << " doubles behind " << length << " characters";
    }
  }
}

/// Answers through a reply, or through a function, after the dispatch.
struct Keeper {
  Reply<int> reply;
  std::function<void(Result<int>)> function;

  static void dispatch(void* object, std::uint16_t method, Incoming& call) {
    Keeper& keeper = *static_cast<Keeper*>(object);
    if (method == 0) keeper.reply = call.reply_later<int>();
    if (method == 1) keeper.function = call.shared_reply<int>();
  }
};

TEST(ReplyAllocationTest, AKeptReplyIsAtMostOneAllocation) {
  const Limits limits;
  Sink sink;
  Keeper keeper;
  const Skeleton skeleton{.info = &CalculatorClient::info, .server = &keeper, .dispatch = &Keeper::dispatch};
  const std::shared_ptr<void> owner = std::make_shared<int>();
  const auto allocations_of = [&](std::uint16_t method) {
    const std::size_t before = allocations;
    internal::ServerCall call({.connection = &sink, .limits = &limits, .server = &owner});
    internal::serve(call, skeleton, method);
    if (method == 0) keeper.reply(1);
    if (method == 1) keeper.function(1);
    keeper.function = nullptr;
    return allocations - before;
  };
  allocations_of(0);  // fills the thread's caches
  EXPECT_LE(allocations_of(0), 1U);
  EXPECT_LE(allocations_of(1), 2U)
      << "the function is one of its own, where the thread has no memory of an earlier call";
}

}  // namespace
}  // namespace rpc::test
