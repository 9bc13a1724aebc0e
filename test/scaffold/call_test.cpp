// How a call of each mode looks in a client's program.
#include "scaffold/call.h"

#include <gtest/gtest.h>

#include "plan/contracts.h"

namespace farcall {
namespace {

using namespace testing;

std::optional<CallExample> example(const Method& method) {
  const Plan plan = planned_from(with_methods({method}, {reading()}));
  return call_example(plan.interfaces[0], plan.interfaces[0].methods[0]);
}

/// The line of the call.
std::string call(const Method& method) {
  const std::string text = example(method)->text();
  const std::size_t end = text.find("\n} catch");
  const std::size_t begin = text.rfind("client", end);
  return text.substr(text.rfind('\n', begin) + 3, end - text.rfind('\n', begin) - 3);
}

TEST(CallExample, IsAllThereIs) {
  const std::optional<CallExample> made = example(
      method("range", of_double(), {parameter("sensor", of_text()), directed("low", of_double(), AttributeKind::out)}));
  EXPECT_EQ(made->client, "home::ThermostatClient");
  EXPECT_EQ(made->address, "tcp://localhost:7000");
  EXPECT_EQ(made->includes, (std::vector<std::string>{"iostream", "rpc/channel.h", "utility"}));
  EXPECT_EQ(made->text(), R"(try {
  home::ThermostatClient client(rpc::connect("tcp://localhost:7000"));
  std::string sensor{};
  double low{};
  auto result = client.range(std::move(sensor), low);
} catch (const rpc::Error& error) {
  std::cerr << error.what() << '\n';
}
)");
}

TEST(CallExample, HasTheFormOfTheMode) {
  const std::vector<Parameter> room = {parameter("room", of_text(), Passing::const_reference)};
  EXPECT_EQ(call(method("turn", of_void(), room)), "client.turn(room);");
  EXPECT_EQ(call(method("level", of_int(), room, {async()})),
            "auto pending = client.async_level(room);  // returns at once\n  auto result = pending.get();");
  EXPECT_EQ(call(method("turn", of_void(), room, {async()})),
            "auto pending = client.async_turn(room);  // returns at once\n  pending.get();");
  EXPECT_EQ(call(method("turn", of_void(), room, {maybe()})), "client.turn(room);  // sent or dropped: nobody waits");
  EXPECT_EQ(call(method("turn", of_void(), room, {attribute(AttributeKind::message, "message")})),
            "client.turn(room);  // stored when it returns, and delivered later");
}

TEST(CallExample, PassesAFunctionForTheHandle) {
  Method ask = method("ask", of_int(), {parameter("question", of_text(), Passing::const_reference)});
  ask.handle = handle(0);
  EXPECT_EQ(call(ask),
            "client.ask([](rpc::Result<int> result) {\n    if (!result) std::cerr << "
            "result.error().what() << '\\n';\n  }, question);");
}

TEST(CallExample, LeavesOutWhatOnlyComesBackLater) {
  const Method range = method("range", of_void(), {directed("low", of_double(), AttributeKind::out)}, {async()});
  EXPECT_EQ(example(range)->text().find("low"), std::string::npos);
}

TEST(CallExample, CallsItsClientWhatNoArgumentIsCalled) {
  EXPECT_EQ(call(method("call", of_void(), {parameter("client", of_int())})), "client_.call(client);");
}

}  // namespace
}  // namespace farcall
