#include <gtest/gtest.h>

#include "check/builders.h"

namespace farcall {
namespace {

Contract on_method(Kind kind, std::vector<AttributeArgument> arguments) {
  return thermostat({method("target", {attribute(kind, std::move(arguments))})});
}
Contract on_class(Kind kind, std::vector<AttributeArgument> arguments) {
  Contract contract = thermostat({method("target")});
  contract.interfaces[0].attributes = {attribute(kind, std::move(arguments))};
  return contract;
}

TEST(Arguments, AreRequired) {
  EXPECT_EQ(judge(on_method(Kind::name, {})), "missing-argument at rpc::name");
  EXPECT_EQ(words(on_method(Kind::name, {}), "missing-argument"),
            "'rpc::name' needs an argument; write rpc::name(\"add_int\")");
  EXPECT_EQ(judge(on_method(Kind::timeout, {})), "missing-argument at rpc::timeout");
  EXPECT_EQ(judge(on_class(Kind::interface, {})), "");
}

TEST(Arguments, AreNotTooMany) {
  EXPECT_EQ(judge(on_method(Kind::async, {string("x")})), "extra-argument at rpc::async");
  EXPECT_EQ(words(on_method(Kind::async, {string("x")}), "extra-argument"),
            "'rpc::async' takes no argument; write rpc::async");
  EXPECT_EQ(fixes(on_method(Kind::async, {string("x")}), "extra-argument"),
            "remove the argument of 'rpc::async': [name of rpc::async] = ");
  EXPECT_EQ(words(on_method(Kind::timeout, {string("1s"), string("2s")}), "extra-argument"),
            "'rpc::timeout' takes one argument; write rpc::timeout(\"250ms\")");
}

TEST(Arguments, AreCutBehindTheName) {
  const Attribute given = attribute(Kind::async, {string("x")});
  const Edit edit = finding_of(thermostat({method("target", {given})}), "extra-argument").fixes.at(0).edits.at(0);
  EXPECT_EQ(edit.where.begin, given.name_where.end);
  EXPECT_EQ(edit.where.end, given.where.end);
  EXPECT_EQ(edit.text, "");
}

TEST(Arguments, KeepTheFirstOfTwo) {
  const AttributeArgument first = string("1s");
  const AttributeArgument second = string("2s");
  const Finding finding = finding_of(on_method(Kind::timeout, {first, second}), "extra-argument");
  const Edit& edit = finding.fixes.at(0).edits.at(0);
  EXPECT_EQ(edit.where.begin, first.where.end);
  EXPECT_EQ(edit.where.end, second.where.end);
  EXPECT_EQ(edit.where.column, first.where.column + 50);
  EXPECT_EQ(edit.text, "");
}

TEST(Arguments, HaveTheRightKind) {
  EXPECT_EQ(judge(on_method(Kind::name, {integer(3)})), "wrong-argument at argument");
  EXPECT_EQ(words(on_method(Kind::name, {integer(3)}), "wrong-argument"),
            "'rpc::name' takes a string, not '3'; write, for example, rpc::name(\"add_int\")");
  EXPECT_EQ(judge(on_class(Kind::interface, {expression("wire_name")})), "wrong-argument at argument");
  EXPECT_EQ(judge(on_method(Kind::timeout, {integer(250)})), "wrong-argument at argument");
}

TEST(Priority, IsALevel) {
  const auto judged = [](AttributeArgument argument) {
    return judge(
        thermostat({method("record", {attribute(Kind::message), attribute(Kind::priority, {std::move(argument)})})}));
  };
  EXPECT_EQ(judged(integer(0)), "");
  EXPECT_EQ(judged(integer(7)), "");
  EXPECT_EQ(judged(integer(8)), "wrong-argument at argument");
  EXPECT_EQ(judged(integer(-1)), "wrong-argument at argument");
  EXPECT_EQ(judged(string("high")), "wrong-argument at argument");
}

TEST(Durations, AreAboveZeroWithAUnit) {
  EXPECT_EQ(judge(on_method(Kind::timeout, {string("250ms")})), "");
  EXPECT_EQ(judge(on_class(Kind::timeout, {string("none")})), "");
  for (const char* bad : {"", "250", "0s", "-1s", "soon", "1.5s"})
    EXPECT_EQ(judge(on_method(Kind::timeout, {string(bad)})), "bad-duration at argument") << bad;
  EXPECT_EQ(words(on_method(Kind::timeout, {string("0s")}), "bad-duration"),
            "\"0s\" is no duration for 'rpc::timeout': it is not longer than zero; "
            "write, for example, rpc::timeout(\"250ms\")");
}

TEST(Durations, AreNeverNoneForAMessage) {
  EXPECT_EQ(
      finding_of(
          thermostat({method("record", {attribute(Kind::message), attribute(Kind::time_to_live, {string("none")})})}),
          "bad-duration")
          .where.file,
      "argument");
}

TEST(Uuids, HaveTheirForm) {
  EXPECT_EQ(judge(on_class(Kind::uuid, {string("6ba7b810-9dad-11d1-80b4-00c04fd430c8")})), "");
  EXPECT_EQ(judge(on_class(Kind::uuid, {string("6ba7b810")})), "bad-uuid at argument");
}

TEST(WireNames, OfClassesHaveParts) {
  for (const char* good : {"Thermostat", "acme.Thermostat", "acme::v2::Thermostat", "_a.b1"})
    EXPECT_EQ(judge(on_class(Kind::interface, {string(good)})), "") << good;
  for (const char* bad : {"", ".", "a.", ".a", "a..b", "a:b", "a b", "1a", "a.1", "a-b", "a/b", "caf\xc3\xa9"})
    EXPECT_EQ(judge(on_class(Kind::interface, {string(bad)})), "bad-wire-name at argument") << bad;
  EXPECT_EQ(judge(on_class(Kind::name, {string("acme.Thermostat")})), "");
}

TEST(WireNames, OfMethodsAreIdentifiers) {
  EXPECT_EQ(judge(on_method(Kind::name, {string("add_int")})), "");
  for (const char* bad : {"", "a.b", "a::b", "1a", "a b"})
    EXPECT_EQ(judge(on_method(Kind::name, {string(bad)})), "bad-wire-name at argument") << bad;
  EXPECT_EQ(
      words(on_method(Kind::name, {string("a b")}), "bad-wire-name"),
      "\"a b\" cannot be a name on the wire: it contains ' '; use letters, digits and '_'; do not start with a digit");
}

TEST(WireNames, AreGivenOnce) {
  Contract contract = on_class(Kind::interface, {string("acme.T")});
  contract.interfaces[0].attributes.push_back(attribute(Kind::name, {string("acme.U")}));
  EXPECT_EQ(judge(contract), "two-wire-names at rpc::name");
  EXPECT_EQ(fixes(contract, "two-wire-names"),
            "remove 'rpc::name': [removal of rpc::name] = \n"
            "remove the argument of 'rpc::interface': [name of rpc::interface] = ");
}

}  // namespace
}  // namespace farcall
