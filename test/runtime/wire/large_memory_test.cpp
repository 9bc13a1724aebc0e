// What a thread keeps of the memory of long messages.
#include "wire/large_memory.h"

#include <rpc/wire/buffer.h>

#include <gtest/gtest.h>

#include <cstdlib>
#include <thread>

#include "net/chunk.h"

namespace {

using rpc::net::Chunk;
using rpc::wire::give_large;
using rpc::wire::large_kept;
using rpc::wire::Memory;
using rpc::wire::take_large;

constexpr std::size_t megabyte = std::size_t{1} << 20;

/// Each test on a thread of its own, which keeps nothing yet.
template <class Test>
void on_new_thread(Test test) {
  std::thread(test).join();
}

TEST(LargeMemory, IsTakenAgain) {
  on_new_thread([] {
    const std::size_t before = large_kept();
    const Memory first = take_large(megabyte);
    give_large(first);
    EXPECT_EQ(large_kept(), before + megabyte);
    const Memory second = take_large(megabyte / 2);
    EXPECT_EQ(second.begin, first.begin);
    EXPECT_EQ(second.size, megabyte) << "all of it can be used";
    EXPECT_EQ(large_kept(), before);
    give_large(second);
  });
}

TEST(LargeMemory, IsNotTakenForWhatNeedsMoreOrMuchLess) {
  on_new_thread([] {
    give_large(take_large(megabyte));
    const Memory larger = take_large(megabyte + 1);
    EXPECT_EQ(larger.size, megabyte + 1);
    const Memory small = take_large(megabyte / 8);
    EXPECT_EQ(small.size, megabyte / 8);
    give_large(larger);
    give_large(small);
  });
}

TEST(LargeMemory, ThatWasGivenFirstGivesWay) {
  on_new_thread([] {
    const std::size_t before = large_kept();
    for (std::size_t i = 1; i <= 6; ++i) give_large({std::malloc(i * megabyte), i * megabyte});
    EXPECT_EQ(large_kept(), before + (3 + 4 + 5 + 6) * megabyte);
  });
}

TEST(LargeMemory, IsKeptUpToALimitOfAllThreads) {
  on_new_thread([] {
    const std::size_t before = large_kept();
    give_large({std::malloc(20 * megabyte), 20 * megabyte});
    EXPECT_EQ(large_kept(), before + 20 * megabyte);
    on_new_thread([before] {
      give_large({std::malloc(20 * megabyte), 20 * megabyte});
      EXPECT_EQ(large_kept(), before + 20 * megabyte);
    });
    give_large({std::malloc(40 * megabyte), 40 * megabyte});
    EXPECT_EQ(large_kept(), before + 20 * megabyte);
  });
}

TEST(LargeMemory, OfAThreadThatEndsIsGivenBack) {
  const std::size_t before = large_kept();
  on_new_thread([] { give_large(take_large(megabyte)); });
  EXPECT_EQ(large_kept(), before);
}

TEST(LargeMemory, IsWhatLargeBuffersHave) {
  on_new_thread([] {
    const std::size_t before = large_kept();
    rpc::Buffer first;
    first.resize(megabyte);
    const std::byte* const bytes = first.data();
    first.release();
    EXPECT_GE(large_kept(), before + megabyte);
    rpc::Buffer second;
    second.resize(megabyte / 2);
    EXPECT_EQ(second.data(), bytes);
    EXPECT_GE(second.capacity(), megabyte);
  });
}

TEST(LargeMemory, IsWhatLongMessagesAreReadInto) {
  on_new_thread([] {
    const std::size_t before = large_kept();
    Chunk::make(megabyte);
    EXPECT_GE(large_kept(), before + megabyte);
    EXPECT_GE(Chunk::make(megabyte / 2)->capacity(), megabyte);
    Chunk::make(Chunk::usual_size);
    EXPECT_EQ(Chunk::make(Chunk::usual_size)->capacity(), Chunk::usual_size);
  });
}

}  // namespace
