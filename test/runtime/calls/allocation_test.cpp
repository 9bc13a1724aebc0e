// A blocking call allocates nothing, a future once.
#include <gtest/gtest.h>

#include <cstdlib>
#include <new>
#include <thread>

#include "fake_transport.h"

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

TEST_F(AllocationTest, ADeadlineOfItsOwnAllocatesNothing) {
  EXPECT_EQ(count([&] { EXPECT_EQ(calculator.with({.deadline = no_deadline}).add(1), 7); }), 0U);
}

}  // namespace
}  // namespace rpc::test
