#include "model/meaning.h"

#include <gtest/gtest.h>

#include "model/attributes.h"
#include "model/names.h"

namespace farcall {
namespace {

using namespace std::chrono_literals;
using Kind = AttributeKind;

Attribute attribute(Kind kind) { return {.kind = kind}; }
Attribute attribute(Kind kind, std::string text) { return {.kind = kind, .arguments = {{.value = std::move(text)}}}; }

TEST(Mode, IsFoundByItsName) {
  for (const Mode each : {Mode::call, Mode::async, Mode::maybe, Mode::message})
    EXPECT_EQ(mode_called(name_of(each)), each);
  EXPECT_FALSE(mode_called("a message"));
}

TEST(Mode, IsTheMethodsThenTheClasss) {
  const Interface plain;
  const Interface async{.attributes = {attribute(Kind::async)}};
  EXPECT_EQ(mode_of(plain, {}), Mode::call);
  EXPECT_EQ(mode_of(async, {}), Mode::async);
  EXPECT_EQ(mode_of(plain, {.attributes = {attribute(Kind::async)}}), Mode::async);
  EXPECT_EQ(mode_of(async, {.attributes = {attribute(Kind::maybe)}}), Mode::maybe);
  EXPECT_EQ(mode_of(async, {.attributes = {attribute(Kind::message)}}), Mode::message);
}

TEST(Remote, LeavesOutLocalMethodsAndAssignment) {
  EXPECT_TRUE(is_remote({.name = "target"}));
  EXPECT_FALSE(is_remote({.name = "target", .attributes = {attribute(Kind::local)}}));
  EXPECT_FALSE(is_remote({.name = "operator="}));
}

TEST(WireName, IsTheAttributesOrTheCppName) {
  EXPECT_EQ(wire_name(Method{.name = "add"}), "add");
  EXPECT_EQ(wire_name(Method{.name = "add", .attributes = {attribute(Kind::name, "add_int")}}), "add_int");
  EXPECT_EQ(wire_name(Field{.name = "x", .type = {}, .attributes = {attribute(Kind::name, "y")}}), "y");
  EXPECT_EQ(wire_name(Interface{.qualified_name = "home::T"}), "home::T");
  EXPECT_EQ(wire_name(Interface{.qualified_name = "home::T", .attributes = {attribute(Kind::interface)}}), "home::T");
  EXPECT_EQ(wire_name(Interface{.attributes = {attribute(Kind::interface, "acme.T")}}), "acme.T");
  EXPECT_EQ(wire_name(Interface{.attributes = {attribute(Kind::name, "acme.U")}}), "acme.U");
}

TEST(Timeout, IsTheMethodsThenTheClasss) {
  const Interface plain;
  const Interface patient{.attributes = {attribute(Kind::timeout, "1min")}};
  EXPECT_EQ(timeout_of(plain, {}), std::nullopt);
  EXPECT_EQ(timeout_of(patient, {}), 1min);
  EXPECT_EQ(timeout_of(patient, {.attributes = {attribute(Kind::timeout, "5ms")}}), 5ms);
  EXPECT_EQ(timeout_of(patient, {.attributes = {attribute(Kind::timeout, "none")}}), no_timeout);
}

TEST(Direction, ComesFromTheReferenceAndItsAttributes) {
  const auto direction = [](Passing passing, std::vector<Attribute> attributes) {
    return direction_of({.name = "x", .type = {}, .passing = passing, .attributes = std::move(attributes)});
  };
  EXPECT_EQ(direction(Passing::value, {}), (Direction{true, false}));
  EXPECT_EQ(direction(Passing::const_reference, {}), (Direction{true, false}));
  EXPECT_EQ(direction(Passing::rvalue_reference, {}), (Direction{true, false}));
  EXPECT_EQ(direction(Passing::reference, {}), (Direction{true, true}));
  EXPECT_EQ(direction(Passing::reference, {attribute(Kind::in)}), (Direction{true, false}));
  EXPECT_EQ(direction(Passing::reference, {attribute(Kind::out)}), (Direction{false, true}));
  EXPECT_EQ(direction(Passing::reference, {attribute(Kind::in), attribute(Kind::out)}), (Direction{true, true}));
}

TEST(Definitions, AreFoundOrTheContractIsBroken) {
  const Contract contract{.records = {{.name = "home::A"}, {.name = "home::B"}}, .enums = {{.name = "home::E"}}};
  EXPECT_EQ(&find_record(contract, "home::B"), &contract.records[1]);
  EXPECT_EQ(&find_enum(contract, "home::E"), &contract.enums[0]);
  EXPECT_THROW(find_record(contract, "home::E"), std::logic_error);
}

TEST(Names, SpellWhatIsGenerated) {
  const Interface nested{.name = "In", .namespaces = {"home", "v1"}, .enclosing_classes = {"Outer"}};
  EXPECT_EQ(client_name(nested), "OuterInClient");
  EXPECT_EQ(service_name(nested), "OuterInService");
  EXPECT_EQ(qualify(nested, client_name(nested)), "home::v1::OuterInClient");
  EXPECT_EQ(qualify(Interface{.name = "T"}, "TClient"), "TClient");
  EXPECT_EQ(async_name({.name = "history"}), "async_history");
}

}  // namespace
}  // namespace farcall
