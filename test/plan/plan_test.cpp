// Names, directions, modes and options of interfaces and their methods.
#include "plan/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plan/contracts.h"

namespace farcall {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::IsSupersetOf;

MethodPlan planned_method(const Method& method, const std::vector<Attribute>& of_class = {}) {
  Contract contract = with_methods({method}, {reading()});
  for (const Attribute& attribute : of_class) contract.interfaces[0].attributes.push_back(attribute);
  return planned_from(contract).interfaces[0].methods[0];
}

TEST(Plan, NumbersTheRemoteMethodsOnly) {
  Method local = method("local", of_void(), {}, {attribute(AttributeKind::local, "local")});
  local.virtuality = Virtual::yes;
  const Plan planned = planned_from(with_methods({method("a", of_void()), local, method("b", of_void())}));
  const std::vector<MethodPlan>& methods = planned.interfaces[0].methods;
  ASSERT_EQ(methods.size(), 2U);
  EXPECT_EQ(methods[1].name, "b");
  EXPECT_EQ(methods[1].index, 1U);
}

TEST(Plan, TellsOverloadsApartByTheirWireNames) {
  const Plan planned =
      planned_from(with_methods({method("add", of_int(), {parameter("a", of_int())}),
                                 method("add", of_text(), {parameter("a", of_text())}, {named("join")})}));
  EXPECT_EQ(planned.interfaces[0].methods[0].id, "add");
  EXPECT_EQ(planned.interfaces[0].methods[1].id, "join");
  EXPECT_EQ(planned.interfaces[0].methods[1].wire_name, "join");
}

TEST(Plan, HelpersNeverShareAName) {
  const Plan planned =
      planned_from(with_methods({method("add", of_int(), {parameter("a", of_int())}),
                                 method("add", of_text(), {parameter("a", of_text())}, {named("join")}),
                                 method("join", of_void(), {}, {named("unite")})}));
  EXPECT_EQ(planned.interfaces[0].methods[1].id, "join");
  EXPECT_EQ(planned.interfaces[0].methods[2].id, "join_");
}

TEST(Plan, SendsInputsAndReturnsOutputs) {
  const MethodPlan planned = planned_method(method(
      "range", of_bool(),
      {parameter("sensor", of_text(), Passing::const_reference), directed("low", of_double(), AttributeKind::out),
       directed("scale", of_double(), AttributeKind::in), parameter("high", of_double(), Passing::reference)}));
  EXPECT_EQ(planned.arguments.fixed, (std::vector<Item>{{"scale", of_double()}, {"high", of_double()}}));
  EXPECT_EQ(planned.arguments.variable[0].item.access, "sensor");
  EXPECT_THAT(planned.outputs, ElementsAre(OutputPlan{"result", "bool", true}, OutputPlan{"low", "double", true},
                                           OutputPlan{"high", "double", true}));
  EXPECT_EQ(planned.reply_type, "std::tuple<bool, double, double>");
  EXPECT_TRUE(planned.replies_with_tuple());
}

TEST(Plan, ASingleOutputIsATupleToo) {
  const MethodPlan planned =
      planned_method(method("low", of_void(), {directed("low", of_double(), AttributeKind::out)}));
  EXPECT_EQ(planned.reply_type, "std::tuple<double>");
}

TEST(Plan, AResultAloneIsNot) {
  EXPECT_EQ(planned_method(method("target", of_double())).reply_type, "double");
  EXPECT_EQ(planned_method(method("ping", of_void())).reply_type, "void");
}

TEST(Plan, AnAliasOfVoidIsVoid) {
  const MethodPlan planned = planned_method(method("ping", type(Void{}, "home::nothing")));
  EXPECT_EQ(planned.declared_result, "home::nothing");
  EXPECT_EQ(planned.result, "void");
  EXPECT_EQ(planned.reply_type, "void");
}

TEST(Plan, TheClassGivesItsMethodsModeAndTimeout) {
  const std::vector<Attribute> of_class = {async(), attribute(AttributeKind::timeout, "timeout", "250ms")};
  EXPECT_EQ(planned_method(method("target", of_double()), of_class).mode, Mode::async);
  EXPECT_EQ(planned_method(method("target", of_double()), of_class).async_name, "async_target");
  EXPECT_EQ(planned_method(method("target", of_double()), of_class).timeout_ns, 250'000'000);
  EXPECT_EQ(planned_method(method("ping", of_void(), {}, {maybe()}), of_class).mode, Mode::maybe);
  const Attribute endless = attribute(AttributeKind::timeout, "timeout", "none");
  EXPECT_EQ(planned_method(method("target", of_double(), {}, {endless}), of_class).timeout_ns, -1);
}

TEST(Plan, AMessageHasItsOptions) {
  const Attribute message = attribute(AttributeKind::message, "message");
  const MethodPlan plain = planned_method(method("record", of_void(), {}, {message}));
  EXPECT_EQ(plain.mode, Mode::message);
  EXPECT_EQ(plain.async_name, "async_record");
  EXPECT_EQ(plain.time_to_live_ns, 0);
  Attribute priority = attribute(AttributeKind::priority, "priority");
  priority.arguments.push_back({.value = std::int64_t{5}, .spelling = "5"});
  const MethodPlan optioned = planned_method(method("record", of_void(), {},
                                                    {message, priority, attribute(AttributeKind::express, "express"),
                                                     attribute(AttributeKind::time_to_live, "time_to_live", "1h")}));
  EXPECT_EQ(optioned.priority, 5);
  EXPECT_TRUE(optioned.express);
  EXPECT_EQ(optioned.time_to_live_ns, 3'600'000'000'000);
}

TEST(Plan, MaybeIsIdempotent) {
  EXPECT_TRUE(planned_method(method("ping", of_void(), {}, {maybe()})).idempotent);
  EXPECT_FALSE(planned_method(method("ping", of_void())).idempotent);
  EXPECT_TRUE(
      planned_method(method("ping", of_void(), {}, {attribute(AttributeKind::idempotent, "idempotent")})).idempotent);
}

TEST(Plan, UnnamedParametersGetNamesInsideOnly) {
  const MethodPlan planned =
      planned_method(method("f", of_void(), {parameter("", of_int()), parameter("argument", of_int())}));
  EXPECT_EQ(planned.parameters[0].name, "");
  EXPECT_EQ(planned.parameters[0].local, "argument1");
  EXPECT_EQ(planned.parameters[1].local, "argument");
}

TEST(Plan, AClientDerivesOnlyFromAVirtualClass) {
  Contract plain = thermostat();
  plain.interfaces[0].is_polymorphic = plain.interfaces[0].is_abstract = false;
  for (Method& method : plain.interfaces[0].methods) method.virtuality = Virtual::no;
  EXPECT_TRUE(planned_from(thermostat()).interfaces[0].client_derives);
  EXPECT_TRUE(planned_from(thermostat()).interfaces[0].methods[0].overrides);
  EXPECT_FALSE(planned_from(plain).interfaces[0].client_derives);
  EXPECT_FALSE(planned_from(plain).interfaces[0].methods[0].overrides);
}

TEST(Plan, LocalOverloadsStayVisible) {
  Method local =
      method("target", of_void(), {parameter("celsius", of_double())}, {attribute(AttributeKind::local, "local")});
  local.virtuality = Virtual::yes;
  EXPECT_THAT(planned_from(with_methods({method("target", of_double()), local})).interfaces[0].inherited,
              ElementsAre("target"));
}

TEST(Plan, NamesForNestedAndGlobalInterfaces) {
  Interface inner = interface("Inner", {"home", "inline v1"}, {method("f", of_void())});
  inner.enclosing_classes = {"Outer"};
  inner.qualified_name = "home::v1::Outer::Inner";
  const Plan planned = planned_from(contract({inner, interface("Counter", {}, {method("f", of_void())})}));
  EXPECT_EQ(planned.interfaces[0].name, "Outer::Inner");
  EXPECT_EQ(planned.interfaces[0].client, "OuterInnerClient");
  EXPECT_EQ(planned.interfaces[0].rooted_service, "::home::v1::OuterInnerService");
  EXPECT_EQ(planned.interfaces[1].rooted_name, "::Counter");
}

TEST(Plan, ListsEnumeratorsByValueAndOnce) {
  const Enum kind{
      .name = "Kind", .underlying = Scalar::int32, .enumerators = {{"c", 7}, {"a", -1}, {"b", 0}, {"also_c", 7}}};
  const Plan planned = planned_from(with_methods({method("kind", of_enum("Kind"))}, {}, {kind}));
  EXPECT_THAT(planned.enums[0].enumerators, ElementsAre("::Kind::a", "::Kind::b", "::Kind::c"));
  const Enum wide{.name = "Kind", .underlying = Scalar::uint64, .enumerators = {{"top", -1}, {"b", 0}}};
  const Plan large = planned_from(with_methods({method("kind", of_enum("Kind"))}, {}, {wide}));
  EXPECT_THAT(large.enums[0].enumerators, ElementsAre("::Kind::b", "::Kind::top"));
}

TEST(Plan, IncludesOnlyWhatIsUsed) {
  const Plan plain = planned_from(with_methods({method("f", of_int(), {parameter("a", of_int())})}));
  EXPECT_TRUE(plain.header_includes.empty());
  EXPECT_THAT(plain.source_includes, ElementsAre("utility"));
  const Parameter out = directed("out", of_int(), AttributeKind::out);
  EXPECT_THAT(planned_from(with_methods({method("f", of_void(), {out})})).source_includes,
              ElementsAre("tuple", "utility"));
  EXPECT_THAT(planned_from(with_methods({method("f", of_void(), {out}, {async()})})).header_includes,
              ElementsAre("tuple"));
}

TEST(Plan, IncludesTheCodecsOfTheTypesThatTravel) {
  const auto codecs_for = [](const Type& type) {
    return planned_from(with_methods({method("f", type)})).runtime_includes;
  };
  EXPECT_THAT(codecs_for(of_int()),
              ElementsAre("rpc/outgoing.h", "rpc/skeleton.h", "rpc/tagged/codec.h", "rpc/wire/codec.h"));
  EXPECT_THAT(codecs_for(of_optional(of_map(of_text(), of_int()))),
              IsSupersetOf({"rpc/wire/map_codec.h", "rpc/wire/sequence_codec.h"}));
  EXPECT_THAT(codecs_for(of_variant({Box(of_tuple({Box({ComplexOf{Scalar::float64}, ""})}))})),
              IsSupersetOf({"rpc/wire/complex_codec.h", "rpc/wire/tuple_codec.h", "rpc/wire/variant_codec.h"}));
  EXPECT_THAT(
      codecs_for({OptionalOf{Box({ErrorCode{}, ""}), OptionalKind::unique_ptr}, ""}),
      ElementsAre("rpc/outgoing.h", "rpc/skeleton.h", "rpc/tagged/codec.h", "rpc/tagged/error_code.h",
                  "rpc/tagged/unique.h", "rpc/wire/codec.h", "rpc/wire/error_code_codec.h", "rpc/wire/unique_codec.h"));
  EXPECT_THAT(codecs_for({VariantOf{{Box({Path{}, ""}), Box({BitsetOf{3}, ""})}, VariantKind::expected}, ""}),
              IsSupersetOf({"rpc/wire/bitset_codec.h", "rpc/wire/expected_codec.h", "rpc/wire/path_codec.h"}));
  EXPECT_THAT(codecs_for({AdaptorOf{AdaptorKind::queue, Box(of_vector({SharedOf{Box(of_int())}, ""}))}, ""}),
              IsSupersetOf({"rpc/wire/adaptor_codec.h", "rpc/wire/sequence_codec.h", "rpc/wire/shared_codec.h"}));
}

TEST(Plan, KnowsTheRecordsInsideOfTuplesAndVariants) {
  const Type value = of_variant({Box(of_tuple({Box(of_record("home::Reading"))}))});
  const Contract contract = with_methods({method("f", value)}, {reading()});
  EXPECT_NE(planned_from(contract).interfaces[0].fingerprint,
            planned_from(with_methods({method("f", value)}, {record("home::Reading", {})})).interfaces[0].fingerprint);
}

TEST(Plan, KnowsRecordsThatContainThemselvesThroughPointers) {
  const auto on_cycle = [](const Type& next) {
    return planned_from(with_methods({method("f", of_record("Node"))}, {record("Node", {field("next", next)})}))
        .records[0]
        .on_cycle;
  };
  EXPECT_TRUE(on_cycle({OptionalOf{Box(of_record("Node")), OptionalKind::unique_ptr}, ""}));
  EXPECT_TRUE(on_cycle({SharedOf{Box(of_record("Node"))}, ""}));
  EXPECT_TRUE(on_cycle({AdaptorOf{AdaptorKind::stack, Box(of_vector(of_record("Node")))}, ""}));
  EXPECT_FALSE(on_cycle({SharedOf{Box(of_int())}, ""}));
}

TEST(Plan, IsTheSameEveryTime) {
  const Contract contract = thermostat();
  EXPECT_EQ(planned_from(contract), planned_from(contract));
}

}  // namespace
}  // namespace farcall
