#include <gtest/gtest.h>

#include "check/builders.h"

namespace farcall {
namespace {

/// Our attribute as `[[async]]`, or somebody's misspelling.
Attribute spelt(Kind kind, std::string spelling, bool scoped = true) {
  return {.kind = kind,
          .spelling = spelling,
          .scoped = scoped,
          .where = at(spelling),
          .removal = at(spelling),
          .name_where = at("name of " + spelling)};
}

Contract strays(std::vector<Stray> strays) {
  Contract contract = thermostat({method("target")});
  contract.strays = std::move(strays);
  return contract;
}

TEST(Placement, KnowsEveryPlaceOfEveryAttribute) {
  for (const AttributeSpec& spec : attribute_table()) {
    const std::string misplaced = "misplaced-attribute at rpc::" + std::string(spec.name);
    const Attribute given = attribute(spec.kind);
    const auto expect = [&](Place place, const Contract& contract) {
      const bool found = judge(contract).find(misplaced) != std::string::npos;
      EXPECT_EQ(found, !spec.allows(place)) << spec.name << " on " << describe(place);
    };
    Contract on_class = thermostat({method("target")});
    on_class.interfaces[0].attributes = {given};
    expect(Place::on_class, on_class);
    expect(Place::on_method, thermostat({method("target", {given})}));
    expect(Place::on_parameter,
           thermostat({method("target").takes(parameter("x", int32(), Passing::reference, {given}))}));
    Contract on_field = taking(record("home::R"));
    on_field.records = {structure("home::R", {field("y", int32(), {given})})};
    expect(Place::on_field, on_field);
  }
}

TEST(Placement, SaysWhereItBelongs) {
  const Contract contract =
      thermostat({method("target").takes(parameter("x", int32(), Passing::value, {attribute(Kind::timeout)}))});
  EXPECT_EQ(judge(contract), "misplaced-attribute at rpc::timeout") << "its missing argument does not matter any more";
  EXPECT_EQ(words(contract, "misplaced-attribute"),
            "'rpc::timeout' cannot stand on a parameter; it belongs on a class or a public method");
  EXPECT_EQ(fixes(contract, "misplaced-attribute"), "remove 'rpc::timeout': [removal of rpc::timeout] = ");
}

TEST(Placement, RefusesStrays) {
  const Contract contract = strays({{attribute(Kind::maybe), "a constructor"}});
  EXPECT_EQ(judge(contract), "misplaced-attribute at rpc::maybe");
  EXPECT_EQ(words(contract, "misplaced-attribute"),
            "'rpc::maybe' cannot stand on a constructor; it belongs on a public method");
  EXPECT_EQ(
      words(strays({{attribute(Kind::name), "an enum"}}), "misplaced-attribute"),
      "'rpc::name' cannot stand on an enum; it belongs on a class, a public method, a parameter of a remote method or a field of a struct");
}

TEST(Misspelt, IsMendedWhenTheMeaningIsClear) {
  const Contract contract = strays({{spelt(Kind::unknown, "rpc::asinc"), "a method"}});
  EXPECT_EQ(judge(contract), "unknown-attribute at rpc::asinc");
  EXPECT_EQ(words(contract, "unknown-attribute"), "there is no attribute 'rpc::asinc'; did you mean 'rpc::async'?");
  EXPECT_EQ(fixes(contract, "unknown-attribute"), "change it to 'rpc::async': [name of rpc::asinc] = async");
}

TEST(Misspelt, IsNotMendedInAMacro) {
  Attribute given = spelt(Kind::unknown, "rpc::asinc");
  given.name_where = {};
  EXPECT_EQ(fixes(strays({{given, "a method"}}), "unknown-attribute"), "");
}

TEST(Misspelt, IsNotGuessed) {
  const Contract contract = strays({{spelt(Kind::unknown, "rpc::stream"), "a method"}});
  EXPECT_EQ(words(contract, "unknown-attribute"),
            "there is no attribute 'rpc::stream'; the attributes of Farcall are listed in docs/attributes.md");
  EXPECT_EQ(fixes(contract, "unknown-attribute"), "");
}

TEST(Scope, IsInserted) {
  const Contract contract = thermostat({method("history", {spelt(Kind::async, "async", false)})});
  EXPECT_EQ(judge(contract), "missing-scope at async");
  EXPECT_EQ(words(contract, "missing-scope"), "attribute 'async' lacks its scope; write 'rpc::async'");
  EXPECT_EQ(fixes(contract, "missing-scope"), "insert 'rpc::': [name of async] += rpc::");
}

TEST(Scope, DoesNotHideTheRest) {
  EXPECT_EQ(judge(thermostat({method("ping", {spelt(Kind::maybe, "maybe", false)}).returns(int32())})),
            "missing-scope at maybe\nmaybe-result at result of ping");
  EXPECT_EQ(
      fixes(thermostat({method("ping", {spelt(Kind::maybe, "maybe", false)}).returns(int32())}), "maybe-result"),
      "make the result void: [result of ping] = void\nreplace 'maybe' by 'rpc::async': [name of maybe] = rpc::async");
  EXPECT_EQ(judge(strays({{spelt(Kind::async, "async", false), "a free function"}})),
            "misplaced-attribute at async\nmissing-scope at async");
}

TEST(Duplicate, IsRemovedLastFirst) {
  const Attribute first = spelt(Kind::async, "first");
  const Contract contract =
      thermostat({method("history", {first, spelt(Kind::async, "second"), spelt(Kind::async, "third")})});
  EXPECT_EQ(judge(contract), "warning: duplicate-attribute at second\nwarning: duplicate-attribute at third");
  EXPECT_EQ(fixes(contract, "duplicate-attribute"), "remove 'second': [second] = ");
  EXPECT_EQ(finding_of(contract, "duplicate-attribute").notes.at(1).where, first.where);
}

TEST(Duplicate, WithOtherArgumentsIsAConflict) {
  const auto timeouts = [](const std::string& one, const std::string& other) {
    return thermostat(
        {method("target", {attribute(Kind::timeout, {string(one)}), attribute(Kind::timeout, {string(other)})})});
  };
  EXPECT_EQ(judge(timeouts("1s", "1s")), "warning: duplicate-attribute at rpc::timeout");
  EXPECT_EQ(judge(timeouts("1s", "2s")), "conflicting-values at rpc::timeout");
  EXPECT_EQ(finding_of(timeouts("1s", "2s"), "conflicting-values").fixes.size(), 2U);
}

}  // namespace
}  // namespace farcall
