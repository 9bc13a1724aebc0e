// The server's side: arguments in, call, reply out.
#include <gtest/gtest.h>

#include "emit/artefacts.h"
#include "plan/contracts.h"

namespace farcall {
namespace {

using namespace testing;

std::string served(const Method& method) {
  const InterfacePlan planned = planned_from(with_methods({method})).interfaces[0];
  return serve_function(planned, planned.methods[0]);
}

std::vector<Parameter> every_passing() {
  return {parameter("value", of_text()), parameter("number", of_int()),
          parameter("constant", of_text(), Passing::const_reference),
          parameter("moved", of_text(), Passing::rvalue_reference), directed("low", of_double(), AttributeKind::out)};
}

TEST(Dispatch, HandsArgumentsOnTheWayTheMethodTakesThem) {
  EXPECT_EQ(served(method("range", of_bool(), every_passing())),
            R"(static void serve_range(const Server& server, ::rpc::Incoming& call) {
  std::tuple<bool, double> reply;
  auto& [result, low] = reply;
  std::string value;
  int number{};
  std::string constant;
  std::string moved;
  read_range_arguments(call.arguments(), value, number, constant, moved);
  result = server.service
      ? server.service->range(std::move(value), number, constant, std::move(moved), low)
      : server.plain->range(std::move(value), number, constant, std::move(moved), low);
  write_range_reply(call.reply(), reply);
}

)");
}

TEST(Dispatch, AnAsyncMethodOfAServiceIsAnsweredByItsTask) {
  EXPECT_EQ(served(method("range", of_bool(), every_passing(), {async()})),
            R"(static void serve_range(const Server& server, ::rpc::Incoming& call) {
  std::tuple<bool, double> reply;
  auto& [result, low] = reply;
  std::string value;
  int number{};
  std::string constant;
  std::string moved;
  read_range_arguments(call.arguments(), value, number, constant, moved);
  if (server.service) {
    call.detach();
    return call.answer(server.service->range(std::move(value), number, std::move(constant), std::move(moved)),
                       &write_range_reply);
  }
  result = server.plain->range(std::move(value), number, constant, std::move(moved), low);
  write_range_reply(call.reply(), reply);
}

)");
}

TEST(Dispatch, AResultAloneIsNoTuple) {
  EXPECT_EQ(served(method("lamps", of_int())), R"(static void serve_lamps(const Server& server, ::rpc::Incoming& call) {
  call.reply(server.service ? server.service->lamps() : server.plain->lamps());
}

)");
}

TEST(Dispatch, AnswersWithoutOutputsToo) {
  EXPECT_EQ(served(method("ping", of_void())), R"(static void serve_ping(const Server& server, ::rpc::Incoming& call) {
  server.service ? server.service->ping() : server.plain->ping();
  call.reply();
}

)");
}

TEST(Dispatch, FindsMethodsByNumber) {
  const std::string text = dispatch_functions(planned_from(thermostat()).interfaces[0]);
  EXPECT_NE(text.find("    case 1: return serve_history(server, call);\n"), text.npos);
}

TEST(Dispatch, AnInterfaceMayBeCalledServer) {
  const InterfacePlan planned =
      planned_from(contract({interface("Server", {"home"}, {method("f", of_void())})})).interfaces[0];
  EXPECT_EQ(server_struct(planned), R"(/// The object that serves: one of the two.
struct Server_ {
  Server* plain = nullptr;
  ServerService* service = nullptr;
};
)");
}

}  // namespace
}  // namespace farcall
