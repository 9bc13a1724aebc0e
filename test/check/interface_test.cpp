#include <gtest/gtest.h>

#include "check/builders.h"

namespace farcall {
namespace {

Contract with_change(void (*change)(Interface&)) {
  Contract contract = thermostat({method("target")});
  change(contract.interfaces[0]);
  return contract;
}

TEST(Interfaces, CanBeNamed) {
  EXPECT_EQ(judge(with_change([](Interface&) {})), "");
  EXPECT_EQ(judge(with_change([](Interface& i) { i.is_accessible = false; })), "interface-inaccessible at Thermostat");
  EXPECT_EQ(judge(with_change([](Interface& i) { i.namespaces = {"home", "", "x"}; })),
            "interface-anonymous at Thermostat");
  EXPECT_EQ(judge(with_change([](Interface& i) { i.namespaces = {}; })), "");
}

TEST(Interfaces, ThatAreNotClassesAreJudgedNoFurther) {
  EXPECT_EQ(judge(with_change([](Interface& i) {
              i.is_template = true;
              i.methods[0].result = pointer();
              i.methods[0].is_variadic = true;
            })),
            "interface-template at Thermostat");
  EXPECT_EQ(judge(with_change([](Interface& i) {
              i.is_complete = false;
              i.methods.clear();
            })),
            "interface-incomplete at Thermostat");
}

TEST(Interfaces, CanBeDerivedFrom) {
  EXPECT_EQ(judge(with_change([](Interface& i) { i.is_final = true; })), "interface-final at Thermostat");
  EXPECT_EQ(judge(with_change([](Interface& i) { i.has_default_constructor = false; })),
            "no-default-constructor at Thermostat");
  EXPECT_EQ(judge(with_change([](Interface& i) { i.non_public_pure_methods = true; })),
            "hidden-pure-method at Thermostat");
  EXPECT_EQ(judge(with_change([](Interface& i) { i.has_virtual_destructor = false; })),
            "warning: no-virtual-destructor at Thermostat");
  EXPECT_EQ(
      words(with_change([](Interface& i) { i.has_virtual_destructor = false; }), "no-virtual-destructor"),
      "'home::Thermostat' has virtual methods, but no virtual destructor; add 'virtual ~Thermostat() = default;', "
      "or deleting a 'ThermostatClient' through 'Thermostat*' is undefined");
}

TEST(Interfaces, ThatNobodyDerivesFromNeedNothing) {
  EXPECT_EQ(judge(with_change([](Interface& i) {
              i.is_polymorphic = i.is_abstract = i.has_default_constructor = i.has_virtual_destructor = false;
              i.is_final = true;
              i.methods[0].virtuality = Virtual::no;
            })),
            "");
}

TEST(Interfaces, HaveAMethod) {
  EXPECT_EQ(judge(thermostat({})), "interface-empty at Thermostat");
  EXPECT_EQ(judge(thermostat(
                {method("helper", {attribute(Kind::local)}).changed([](Method& m) { m.virtuality = Virtual::yes; })})),
            "interface-empty at Thermostat");
}

TEST(Overloads, NeedNames) {
  const Contract contract =
      thermostat({method("add").takes(parameter("x", int32())),
                  method("add").takes(parameter("x", text())).takes(parameter("y", list(int32())))});
  EXPECT_EQ(judge(contract), "overload-without-name at add");
  EXPECT_EQ(words(contract, "overload-without-name"),
            "'add' is overloaded, and both would be called 'add' on the wire; "
            "give one of them a name of its own: [[rpc::name(\"add_string_vector\")]]");
  EXPECT_EQ(fixes(contract, "overload-without-name"),
            "name it 'add_string_vector' on the wire: [declaration of add] += [[rpc::name(\"add_string_vector\")]] ");
  EXPECT_EQ(finding_of(contract, "overload-without-name").notes.at(1).where, contract.interfaces[0].methods[0].where);
}

TEST(Overloads, WithNamesAreFine) {
  EXPECT_EQ(judge(thermostat({method("add"), method("add", {attribute(Kind::name, {string("add_one")})})})), "");
  EXPECT_EQ(judge(thermostat({method("add"), method("add", {attribute(Kind::local)}).changed([](Method& m) {
                                m.virtuality = Virtual::yes;
                              })})),
            "");
}

TEST(Overloads, GetSuggestionsThatAreFree) {
  const auto add = [](Type type) { return method("add").takes(parameter("x", std::move(type))); };
  const Contract contract = thermostat(
      {method("add"), add(int32()), method("add_int"), add(int32()), add({Scalar::uint64, "unsigned long"})});
  std::string suggestions;
  for (const Finding& finding : check(contract).findings) suggestions += finding.fixes.at(0).edits.at(0).text;
  EXPECT_EQ(suggestions,
            "[[rpc::name(\"add_int_2\")]] [[rpc::name(\"add_int_3\")]] [[rpc::name(\"add_unsigned_long\")]] ");
}

TEST(WireNames, AreUniqueInAnInterface) {
  const Contract contract = thermostat({method("add"), method("sum", {attribute(Kind::name, {string("add")})})});
  EXPECT_EQ(judge(contract), "duplicate-wire-name at rpc::name");
  EXPECT_EQ(words(contract, "duplicate-wire-name"),
            "\"add\" is already the wire name of method 'add'; choose another name");
  EXPECT_EQ(judge(thermostat({method("sum", {attribute(Kind::name, {string("add")})}), method("add")})),
            "duplicate-wire-name at add");
}

TEST(WireNames, AreUniqueAmongInterfaces) {
  Contract contract = thermostat({method("target")});
  contract.interfaces.push_back(interface("Oven", {method("target")}));
  EXPECT_EQ(judge(contract), "");
  contract.interfaces[1].attributes = {attribute(Kind::interface, {string("home::Thermostat")})};
  EXPECT_EQ(judge(contract), "duplicate-wire-name at Oven");
}

TEST(WireNames, AreUniqueInARecord) {
  Contract contract = taking(record("home::R"));
  contract.records = {
      structure("home::R", {field("a", int32()), field("b", int32(), {attribute(Kind::name, {string("a")})})})};
  EXPECT_EQ(judge(contract), "duplicate-wire-name at field b");
}

TEST(WireNames, AreUniqueAmongParameters) {
  const Attribute name = attribute(Kind::name, {string("a")});
  EXPECT_EQ(judge(thermostat(
                {method("add").takes(parameter("a", int32())).takes(parameter("b", int32(), Passing::value, {name}))})),
            "duplicate-wire-name at b");
}

TEST(Clash, OfAClassWithWhatIsGenerated) {
  for (const char* name : {"home::ThermostatClient", "home::ThermostatService", "home::ThermostatMarshalling"}) {
    Contract contract = thermostat({method("target")});
    contract.types_in_scope = {"home::Thermostat", name, "home::Thermostats"};
    EXPECT_EQ(judge(contract), "name-clash at Thermostat") << name;
    contract.types_in_scope = {"ThermostatClient", "other::ThermostatService"};
    EXPECT_EQ(judge(contract), "");
  }
}

TEST(Clash, OfTwoInterfaces) {
  Contract contract = thermostat({method("target")});
  contract.interfaces.push_back(interface("ThermostatClient", {method("target")}));
  EXPECT_EQ(judge(contract), "name-clash at Thermostat");

  Contract nested = thermostat({method("target")});
  nested.interfaces.push_back(interface("Stat", {method("target")}));
  nested.interfaces[1].enclosing_classes = {"Thermo"};
  EXPECT_EQ(judge(nested), "");
  nested.interfaces[1].name = "stat";
  EXPECT_EQ(judge(nested), "name-clash at Stat\nname-clash at Stat\nname-clash at Stat");
}

TEST(Clash, OfAMethodWithAMember) {
  for (const char* name : {"with", "stub_", "ThermostatClient", "ThermostatService"})
    EXPECT_EQ(judge(thermostat({method(name)})), std::string("name-clash at ") + name);
  const Attribute async = attribute(Kind::async);
  EXPECT_EQ(judge(thermostat({method("history", {async}), method("async_history")})), "name-clash at async_history");
  EXPECT_EQ(judge(thermostat({method("history"), method("async_history")})), "");
}

}  // namespace
}  // namespace farcall
