// The numbers of calls: when they are free again, and whom a late reply finds.
#include <gtest/gtest.h>

#include <rpc/error.h>

#include <chrono>
#include <vector>

#include "net/slots.h"

namespace {

using namespace std::chrono_literals;
using rpc::internal::never;
using rpc::internal::PendingCall;
using rpc::internal::Time;
using rpc::net::Slots;

class Call final : public PendingCall {
 public:
  Call() : PendingCall(type_of_nothing, nullptr, nullptr, Storage::callers, false) {}

 private:
  static constexpr rpc::internal::ValueType type_of_nothing{};
};

class SlotNumbers : public testing::Test {
 protected:
  SlotNumbers() { slots_.set_limit(2); }

  Slots slots_;
  Call first_, second_, third_;
};

TEST_F(SlotNumbers, ReplyFindsItsCallOnce) {
  const std::uint32_t id = slots_.put(first_, never).value();
  EXPECT_EQ(slots_.take(id).call, &first_);
  EXPECT_FALSE(slots_.take(id).known);
  EXPECT_TRUE(slots_.empty());
}

TEST_F(SlotNumbers, WithdrawnCallKeepsItsNumberUntilTheReply) {
  const std::uint32_t id = slots_.put(first_, never).value();
  EXPECT_TRUE(slots_.withdraw(id, first_));
  EXPECT_FALSE(slots_.withdraw(id, first_));
  EXPECT_NE(slots_.put(second_, never).value(), id);
  EXPECT_FALSE(slots_.put(third_, never));
  const Slots::Taken late = slots_.take(id);
  EXPECT_TRUE(late.known);
  EXPECT_EQ(late.call, nullptr);
  EXPECT_TRUE(slots_.put(third_, never));
}

TEST_F(SlotNumbers, ExpiredCallKeepsItsNumberUntilTheReply) {
  const Time start{1h};
  const std::uint32_t id = slots_.put(first_, start).value();
  EXPECT_TRUE(slots_.put(second_, start + 1s));
  std::vector<PendingCall*> late;
  EXPECT_EQ(slots_.expire(start, late), start + 1s);
  EXPECT_EQ(late, std::vector<PendingCall*>{&first_});
  EXPECT_FALSE(slots_.put(third_, never));
  EXPECT_EQ(slots_.take(id).call, nullptr);
  EXPECT_TRUE(slots_.put(third_, never));
}

TEST_F(SlotNumbers, SecondReplyIsNotTheNextCalls) {
  const std::uint32_t id = slots_.put(first_, never).value();
  EXPECT_TRUE(slots_.take(id).known);
  const std::uint32_t next = slots_.put(second_, never).value();
  EXPECT_NE(next, id);
  EXPECT_FALSE(slots_.take(id).known);
  EXPECT_EQ(slots_.take(next).call, &second_);
}

}  // namespace
