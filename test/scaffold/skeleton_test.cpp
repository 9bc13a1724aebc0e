// The text of a server class, from contracts built by hand.
#include "scaffold/skeleton.h"

#include <gtest/gtest.h>

#include "plan/contracts.h"

namespace farcall {
namespace {

using namespace testing;

Contract of_lamp(std::vector<Method> methods) {
  Contract made = contract({interface("Lamp", {"home", "inline v1"}, std::move(methods))});
  made.interfaces[0].qualified_name = "home::v1::Lamp";
  return made;
}

GeneratedFile written(Contract contract, const std::string& header = "lib/lamp.h") {
  contract.header = header;
  return server_class(contract, contract.interfaces.front());
}

TEST(ServerClass, OverridesWhatIsPure) {
  Method with_body = method("dim", of_void(), {parameter("to", of_int())});
  with_body.virtuality = Virtual::yes;
  Method turn = method("turn", of_bool(),
                       {parameter("on", of_bool()), parameter("", of_text(), Passing::const_reference),
                        directed("low", of_double(), AttributeKind::out)},
                       {async()});
  turn.is_const = true;
  EXPECT_EQ(written(of_lamp({with_body, turn, method("ping", of_void())})).contents, R"(#pragma once

#include <stdexcept>

#include "lamp.h"

namespace home {
inline namespace v1 {

/// Serves home::v1::Lamp: server.serve<home::v1::Lamp>(std::make_shared<home::v1::LampServer>());
class LampServer final : public Lamp {
 public:
  bool turn(bool /*on*/, const std::string&, double& /*low*/) const override {
    throw std::logic_error("LampServer::turn is not implemented");
  }

  void ping() override {
    throw std::logic_error("LampServer::ping is not implemented");
  }
};

}  // inline namespace v1
}  // namespace home
)");
}

TEST(ServerClass, KeepsTheHandleInItsPlace) {
  Method ask = method("ask", of_void(), {parameter("question", of_text()), parameter("urgent", of_bool())});
  ask.handle = handle(1);
  EXPECT_NE(
      written(of_lamp({ask}))
          .contents.find("void ask(std::string /*question*/, rpc::Reply<int> /*done*/, bool /*urgent*/) override {"),
      std::string::npos);
}

TEST(ServerClass, EndsTheProgramWhereNothingMayBeThrown) {
  Method turn = method("turn", of_void());
  turn.is_noexcept = true;
  const std::string text = written(of_lamp({turn})).contents;
  EXPECT_NE(text.find("void turn() noexcept override {\n    std::terminate();\n"), std::string::npos) << text;
  EXPECT_NE(text.find("#include <exception>\n\n#include \"lamp.h\""), std::string::npos) << text;
}

TEST(ServerClass, HidesNothing) {
  Method other = method("turn", of_void(), {parameter("degrees", of_int())});
  other.virtuality = Virtual::yes;
  const std::string text = written(of_lamp({method("turn", of_void()), other})).contents;
  EXPECT_NE(text.find(" public:\n  using Lamp::turn;\n\n  void turn() override {"), std::string::npos) << text;
}

TEST(ServerClass, NamesWhatAnotherStdHides) {
  Contract lamp = of_lamp({method("turn", of_text())});
  lamp.types_in_scope = {"home::std"};
  const std::string text = written(std::move(lamp)).contents;
  EXPECT_NE(text.find("::std::string turn() override {\n    throw ::std::logic_error("), std::string::npos) << text;
}

TEST(ServerClass, IsInAFileNamedAsTheHeaderIs) {
  Contract light = contract({interface("HTTPRoomLight", {}, {method("turn", of_void())})});
  EXPECT_EQ(written(of_lamp({method("turn", of_void())})).path, "lib/lamp_server.h");
  EXPECT_EQ(written(light, "light.hpp").path, "http_room_light_server.hpp");
  EXPECT_EQ(written(light, "lib/Light.h").path, "lib/HTTPRoomLightServer.h");
}

TEST(ServerClass, ServesANestedInterface) {
  Contract lamp = of_lamp({method("turn", of_void())});
  lamp.interfaces[0].enclosing_classes = {"Outer"};
  EXPECT_NE(written(std::move(lamp)).contents.find("class OuterLampServer final : public Outer::Lamp {"),
            std::string::npos);
}

TEST(ServerClass, HasObstacles) {
  Contract lamp = of_lamp({method("turn", of_void())});
  EXPECT_EQ(obstacle_to_serving(lamp, lamp.interfaces[0]), "");
  lamp.types_in_scope = {"home::v1::LampServer"};
  EXPECT_EQ(obstacle_to_serving(lamp, lamp.interfaces[0]), "'home::v1::LampServer' exists");
  Contract bodies = of_lamp({method("turn", of_void())});
  bodies.interfaces[0].methods[0].virtuality = Virtual::no;
  EXPECT_EQ(obstacle_to_serving(bodies, bodies.interfaces[0]),
            "'home::v1::Lamp' has no pure methods, so an object of it can be served as it is");
}

}  // namespace
}  // namespace farcall
