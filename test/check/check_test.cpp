#include "check/check.h"

#include <gtest/gtest.h>

#include <set>

#include "check/builders.h"
#include "check/findings.h"

namespace farcall {
namespace {

TEST(Check, HandsOnASoundContract) {
  const Contract contract = thermostat({method("target")});
  const Verdict verdict = check(contract);
  ASSERT_TRUE(verdict.checked);
  EXPECT_EQ(verdict.checked->contract(), contract);
}

TEST(Check, LetsAWarningPass) {
  const Verdict verdict = check(thermostat({method("target").changed([](Method& m) { m.is_noexcept = true; })}));
  EXPECT_EQ(verdict.findings.size(), 1U);
  EXPECT_TRUE(verdict.checked);
}

TEST(Check, StopsAtAnError) {
  EXPECT_FALSE(check(taking(pointer())).checked);
  EXPECT_FALSE(check(thermostat({})).checked);
}

TEST(Check, WarnsOfAHeaderWithoutInterfaces) {
  const Verdict verdict = check({.header = "empty.h"});
  EXPECT_TRUE(verdict.checked);
  EXPECT_EQ(judge({.header = "empty.h"}), "warning: nothing-remote at empty.h");
}

TEST(Check, ReportsEverythingInTheOrderOfTheSource) {
  Contract contract =
      thermostat({method("first").returns(pointer()), method("second", {attribute(Kind::maybe)}).returns(int32())});
  const auto place = [](std::uint32_t begin) {
    return SourceRef{.file = "thermostat.h", .begin = begin, .end = begin + 1};
  };
  contract.interfaces[0].methods[0].result_where = place(300);
  contract.interfaces[0].methods[1].result_where = place(200);
  contract.interfaces[0].is_final = true;
  contract.interfaces[0].where = place(100);
  const Verdict verdict = check(contract);
  ASSERT_EQ(verdict.findings.size(), 3U);
  EXPECT_EQ(verdict.findings[0].id, "interface-final");
  EXPECT_EQ(verdict.findings[1].id, "maybe-result");
  EXPECT_EQ(verdict.findings[2].id, "unsupported-type");
}

TEST(Check, ReportsAMethodOfACommonBaseOnce) {
  Contract contract = thermostat({method("ping", {attribute(Kind::maybe)}).returns(int32())});
  contract.interfaces.push_back(contract.interfaces[0]);
  contract.interfaces[1].name = "Oven";
  contract.interfaces[1].qualified_name = "home::Oven";
  EXPECT_EQ(judge(contract), "maybe-result at result of ping");
}

TEST(Check, TellsWhoInheritsAMethod) {
  Contract contract = thermostat({method("ping", {attribute(Kind::maybe)}).returns(int32())});
  const auto place = [](std::uint32_t begin, std::uint32_t end) {
    return SourceRef{.file = "device.h", .begin = begin, .end = end};
  };
  Interface& interface = contract.interfaces[0];
  interface.methods[0].declared_in = "home::Device";
  interface.methods[0].declaration = place(100, 200);
  interface.methods[0].result_where = place(120, 123);
  const auto last_note = [&] { return finding_of(contract, "maybe-result").notes.back().text; };
  EXPECT_EQ(last_note(), "'home::Thermostat' has it from 'home::Device'");
  interface.declaration = place(50, 300);
  EXPECT_EQ(last_note(), "the mode is set here") << "it overrides one of home::Device, but stands here";
}

TEST(Findings, OfferNoFixWithoutAPlace) {
  Contract contract = thermostat({method("ping", {attribute(Kind::maybe)}).returns(int32())});
  contract.interfaces[0].methods[0].attributes[0].name_where = {};
  EXPECT_EQ(fixes(contract, "maybe-result"), "make the result void: [result of ping] = void");
}

TEST(Fill, ReplacesPlaceholdersOnce) {
  EXPECT_EQ(fill("{0} and {1}, {0}", {"{1}", "b"}), "{1} and b, {1}");
  EXPECT_EQ(fill("{", {}), "{");
  EXPECT_EQ(fill("a{}b{", {}), "a{}b{");
}

TEST(Rules, AreWrittenInOneStyle) {
  std::set<std::string> ids;
  for (const RuleInfo& rule : all_rules()) {
    EXPECT_TRUE(ids.insert(rule.id).second) << rule.id;
    EXPECT_EQ(rule.id.find('_'), std::string::npos) << rule.id;
    for (const std::string_view words : {rule.text, rule.way_out}) {
      ASSERT_FALSE(words.empty()) << rule.id;
      EXPECT_FALSE(words.front() >= 'A' && words.front() <= 'Z') << rule.id;
      EXPECT_NE(words.back(), '.') << rule.id;
    }
  }
  EXPECT_EQ(rule_info(Rule::maybe_result).id, "maybe-result");
}

}  // namespace
}  // namespace farcall
