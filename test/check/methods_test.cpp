#include <gtest/gtest.h>

#include "check/builders.h"

namespace farcall {
namespace {

Contract with_change(void (*change)(Method&)) { return thermostat({method("target").changed(change)}); }

TEST(Results, TravelByValue) {
  const Contract contract = thermostat({method("target").returns(text()).changed([](Method& target) {
    target.returns_reference = true;
    target.result_spelling = "const std::string &";
  })});
  EXPECT_EQ(judge(contract), "result-reference at result of target");
  EXPECT_EQ(words(contract, "result-reference"),
            "the result 'const std::string &' is a reference, and a reply travels by value; return 'std::string'");
  EXPECT_EQ(fixes(contract, "result-reference"), "return 'std::string': [result of target] = std::string");
}

std::string judge_direction(Passing passing, std::vector<Attribute> attributes) {
  return judge(thermostat({method("put").takes(parameter("x", int32(), passing, std::move(attributes)))}));
}

TEST(Directions, BelongToReferences) {
  const Attribute in = attribute(Kind::in);
  const Attribute out = attribute(Kind::out);
  EXPECT_EQ(judge_direction(Passing::reference, {in}), "");
  EXPECT_EQ(judge_direction(Passing::reference, {out}), "");
  EXPECT_EQ(judge_direction(Passing::reference, {in, out}), "");
  EXPECT_EQ(judge_direction(Passing::reference, {}), "");
  EXPECT_EQ(judge_direction(Passing::value, {in}), "direction-without-reference at rpc::in");
  EXPECT_EQ(judge_direction(Passing::value, {out}), "direction-without-reference at rpc::out");
  EXPECT_EQ(judge_direction(Passing::rvalue_reference, {out}), "direction-without-reference at rpc::out");
  EXPECT_EQ(judge_direction(Passing::const_reference, {in}), "direction-without-reference at rpc::in");
  EXPECT_EQ(judge_direction(Passing::const_reference, {out}), "out-on-const at rpc::out");
}

TEST(Directions, OfOutOnConstHaveTwoWaysOut) {
  const Contract contract =
      thermostat({method("put").takes(parameter("x", text(), Passing::const_reference, {attribute(Kind::out)}))});
  EXPECT_EQ(fixes(contract, "out-on-const"),
            "take 'std::string&': [type of x] = std::string&\nremove 'rpc::out': [removal of rpc::out] = ");
}

TEST(Parameters, MayBeUnnamedOrMoved) {
  EXPECT_EQ(judge(thermostat({method("put").takes(parameter("", int32())).takes(parameter("", int32()))})), "");
  EXPECT_EQ(judge_direction(Passing::rvalue_reference, {}), "");
}

TEST(Methods, HaveAKindThatCanBeRemote) {
  EXPECT_EQ(judge(with_change([](Method& m) { m.is_template = true; })), "template-method at target");
  EXPECT_EQ(judge(with_change([](Method& m) { m.is_variadic = true; })), "variadic-method at target");
  EXPECT_EQ(judge(with_change([](Method& m) { m.ref_qualifier = "&&"; })), "ref-qualified-method at target");
  EXPECT_EQ(judge(with_change([](Method& m) { m.is_final = true; })), "final-method at target");
  EXPECT_EQ(judge(with_change([](Method& m) { m.virtuality = Virtual::no; })), "not-virtual at target");
  EXPECT_EQ(judge(with_change([](Method& m) { m.is_const = true; })), "");
}

TEST(Methods, ThatAreOperatorsHaveNoName) {
  for (const char* name : {"operator()", "operator[]", "operator==", "operator bool", "operator\"\"_x"})
    EXPECT_EQ(judge(thermostat({method(name)})), std::string("operator-method at ") + name);
  for (const char* name : {"operator_", "operators", "operator1", "operate"})
    EXPECT_EQ(judge(thermostat({method(name)})), "");
  EXPECT_EQ(judge(thermostat({method("target"), method("operator=")})), "");
}

TEST(Methods, CanBeMarkedLocalInstead) {
  const Contract contract = with_change([](Method& m) { m.is_variadic = true; });
  EXPECT_EQ(words(contract, "variadic-method"),
            "'target' takes any number of arguments of any type, which cannot be marshalled; "
            "take a std::vector, or mark it 'rpc::local'");
  EXPECT_EQ(fixes(contract, "variadic-method"), "") << "a pure method has no body that a client could use";
  EXPECT_EQ(fixes(with_change([](Method& m) {
                    m.is_variadic = true;
                    m.virtuality = Virtual::yes;
                  }),
                  "variadic-method"),
            "mark 'target' as 'rpc::local': [declaration of target] += [[rpc::local]] ");
  for (auto change : {+[](Method& m) { m.is_template = true; }, +[](Method& m) { m.is_variadic = true; },
                      +[](Method& m) { m.ref_qualifier = "&"; }, +[](Method& m) { m.name = "operator()"; },
                      +[](Method& m) { m.is_final = true; }}) {
    Contract local = thermostat({method("other"), method("target", {attribute(Kind::local)}).changed(change)});
    local.interfaces[0].methods[1].virtuality = Virtual::yes;
    EXPECT_EQ(judge(local), "");
  }
}

TEST(Methods, OfAClassWithoutVirtualOnesAreFine) {
  Contract contract = thermostat({method("target").changed([](Method& m) { m.virtuality = Virtual::no; })});
  contract.interfaces[0].is_polymorphic = contract.interfaces[0].is_abstract = false;
  contract.interfaces[0].has_virtual_destructor = false;
  EXPECT_EQ(judge(contract), "");
}

TEST(Methods, AreMadeVirtualBeforeTheirResult) {
  EXPECT_EQ(fixes(with_change([](Method& m) { m.virtuality = Virtual::no; }), "not-virtual"),
            "make 'target' virtual: [result of target] += virtual \n"
            "mark 'target' as 'rpc::local': [declaration of target] += [[rpc::local]] ");
}

TEST(LocalMethods, HaveABody) {
  const Contract contract = thermostat({method("target"), method("helper", {attribute(Kind::local)})});
  EXPECT_EQ(judge(contract), "local-pure at helper");
  EXPECT_EQ(words(contract, "local-pure"),
            "'helper' is local and pure, so 'ThermostatClient' could not be made; give it a body, or make it remote");
}

TEST(Noexcept, IsAWarningWhereACallCanFail) {
  const auto judged = [](std::vector<Attribute> attributes) {
    return judge(
        thermostat({method("target", std::move(attributes)).changed([](Method& m) { m.is_noexcept = true; })}));
  };
  EXPECT_EQ(judged({}), "warning: noexcept-method at target");
  EXPECT_EQ(judged({attribute(Kind::async)}), "warning: noexcept-method at target");
  EXPECT_EQ(judged({attribute(Kind::maybe)}), "");
}

}  // namespace
}  // namespace farcall
