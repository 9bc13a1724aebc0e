// A call is completed exactly once, whoever comes first: the reply, a stop request, its owner.
#include <rpc/stop.h>
#include <rpc/when.h>

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <thread>
#include <vector>

#include "fake_transport.h"
#include "race.h"

namespace rpc::test {
namespace {

using namespace std::chrono_literals;

class RaceTest : public CalculatorTest {
 protected:
  std::uint32_t call = 0;
};

FakeTransport* decoding_for = nullptr;

/// Is still decoding when the caller gives up, and then takes its time.
void read_slowly(Decoder& in, int& value) {
  decoding_for->await_late_withdrawal();
  for (int turn = 0; turn < 100; ++turn) std::this_thread::yield();
  read_one(in, value);
}

TEST_F(RaceTest, AbandoningACallThatIsBeingCompletedWaitsForIt) {
  decoding_for = &transport;
  Future<int> sum = calculator.stub().call(0).start(&read_slowly);
  std::jthread server([&] { transport.reply(0, 7); });
  while (!transport.taken(0)) std::this_thread::yield();
  sum.abandon();
  EXPECT_TRUE(sum.ready());
  EXPECT_EQ(sum.get(), 7);
}

TEST_F(RaceTest, ADeadlineThatPassesDuringTheCompletionDoesNotEndTheCall) {
  decoding_for = &transport;
  std::jthread server([&] { transport.reply(transport.sent(0), 7); });
  const CalculatorClient hasty = calculator.with({.deadline = 1ms});
  transport.hold_waiters_until_taken = true;
  EXPECT_EQ(hasty.stub().call(0).wait(&read_slowly), 7);
}

TEST_F(RaceTest, ReplyAgainstStopAgainstContinuation) {
  std::stop_source stop;
  Future<int> sum;
  std::atomic<int> completions = 0;
  int failed = 0;
  race(
      [&] {
        stop = {};
        sum = calculator.with({.stop_token = stop.get_token()}).async_add(1);
        completions = 0;
      },
      {[&] { transport.reply(call, 7); }, [&] { stop.request_stop(); },
       [&] {
         sum.then([&](Result<int> result) {
           ++completions;
           if (!result) ++failed;
         });
       }},
      [&] {
        EXPECT_EQ(completions, 1);
        ++call;
      });
  RecordProperty("stopped", failed);
}

TEST_F(RaceTest, ReplyAgainstAbandon) {
  Future<std::string> name;
  race([&] { name = calculator.async_name(); },
       {[&] { transport.reply(call, std::string(100, 'x')); }, [&] { name.abandon(); }},
       [&] {
         EXPECT_TRUE(name.ready());
         const Result<std::string> result = name.result();
         EXPECT_TRUE(result ? result->size() == 100 : result.error().code() == Code::cancelled);
         ++call;
       });
}

TEST_F(RaceTest, ReplyAgainstDrop) {
  Future<std::string> name;
  race([&] { name = calculator.async_name(); },
       {[&] { transport.reply(call, std::string(100, 'x')); }, [&] { name = {}; }}, [&] { ++call; });
}

TEST_F(RaceTest, FirstRepliesAgainstEachOther) {
  std::atomic<int> completions = 0;
  race(
      [&] {
        std::vector<Future<int>> sums;
        for (int number = 0; number < 2; ++number) sums.push_back(calculator.async_add(number));
        completions = 0;
        when_any(std::move(sums)).then([&](auto first) {
          EXPECT_TRUE(first->futures[first->index].ready());
          ++completions;
        });
      },
      {[&] { transport.reply(call, 0); }, [&] { transport.reply(call + 1, 1); }},
      [&] {
        EXPECT_EQ(completions, 1);
        call += 2;
      });
}

TEST_F(RaceTest, LastReplyAgainstDropOfTheJointFuture) {
  Future<std::tuple<Future<int>, Future<std::string>>> both;
  race(
      [&] {
        Future<int> sum = calculator.async_add(1);
        both = when_all(std::move(sum), calculator.async_name());
      },
      {[&] { transport.reply(call, 7); }, [&] { transport.reply(call + 1, std::string(100, 'x')); },
       [&] { both = {}; }},
      [&] { call += 2; });
}

TEST_F(RaceTest, ReplyAgainstTimedWaits) {
  Future<int> sum;
  race([&] { sum = calculator.async_add(1); },
       {[&] { transport.reply(call, 7); },
        [&] {
          while (!sum.wait_for(1us)) {}
        }},
       [&] {
         EXPECT_EQ(sum.get(), 7);
         ++call;
       });
}

TEST_F(RaceTest, ReplyAgainstTheDeadlineOfABlockingCall) {
  std::atomic<int> outcomes = 0;
  race([] {},
       {[&] { transport.reply(transport.sent(call), 7); },
        [&] {
          try {
            EXPECT_EQ(calculator.with({.deadline = 20us}).add(1), 7);
            ++outcomes;
          } catch (const Error& error) {
            EXPECT_EQ(error.code(), Code::deadline_exceeded);
            ++outcomes;
          }
        }},
       [&] { ++call; });
  EXPECT_EQ(outcomes, rounds);
}

TEST_F(RaceTest, ReplyAgainstStopOfABlockingCall) {
  std::stop_source stop;
  std::atomic<int> outcomes = 0;
  race([&] { stop = {}; },
       {[&] { transport.reply(transport.sent(call), 7); },
        [&] {
          transport.sent(call);
          stop.request_stop();
        },
        [&] {
          const auto stoppable = calculator.with({.stop_token = stop.get_token()});
          try {
            EXPECT_EQ(stoppable.add(1), 7);
          } catch (const Error& error) {
            EXPECT_EQ(error.code(), Code::cancelled);
          }
          ++outcomes;
        }},
       [&] { ++call; });
  EXPECT_EQ(outcomes, rounds);
}

}  // namespace
}  // namespace rpc::test
