#include <gtest/gtest.h>

#include "check/builders.h"

namespace farcall {
namespace {

TEST(Types, OfEveryFormTravel) {
  const DurationOf seconds{Scalar::int64, 1, 1};
  Contract contract = taking(list(record("home::R")));
  contract.records = {
      structure("home::R", {field("kind", enumeration("home::Kind")), field("text", text()),
                            field("some", {OptionalOf{Box(int32())}, "std::optional<int>"}),
                            field("pair", {PairOf{Box(int32()), Box(text())}, "std::pair<int, std::string>"}),
                            field("map", {MapOf{MapKind::map, Box(text()), Box(list(int32()))}, "std::map<>"}),
                            field("wait", {seconds, "std::chrono::seconds"}),
                            field("at", {TimePointOf{"std::chrono::system_clock", seconds}, "time"}),
                            field("all", list(record("home::R")))})};
  contract.enums = {{.name = "home::Kind", .underlying = Scalar::uint8, .enumerators = {{"hot", 0}}}};
  EXPECT_EQ(judge(contract), "");
}

TEST(Unsupported, IsReportedWhereItStands) {
  EXPECT_EQ(judge(taking(pointer())), "unsupported-type at type of x");
  EXPECT_EQ(words(taking(pointer()), "unsupported-type"),
            "'int *' cannot travel: a pointer has no meaning elsewhere; send the value");
  EXPECT_EQ(judge(thermostat({method("get").returns(pointer())})), "unsupported-type at result of get");
}

TEST(Unsupported, IsFoundInsideEverything) {
  const Type types[] = {list(pointer()),
                        {OptionalOf{Box(pointer())}, "optional"},
                        {PairOf{Box(int32()), Box(pointer())}, "pair"},
                        {PairOf{Box(pointer()), Box(int32())}, "pair"},
                        {MapOf{MapKind::map, Box(pointer()), Box(int32())}, "map"},
                        {SharedOf{Box(pointer())}, "shared"},
                        {AdaptorOf{AdaptorKind::stack, Box(list(pointer()))}, "stack"},
                        {MapOf{MapKind::map, Box(int32()), Box(pointer())}, "map"},
                        list(list(pointer()))};
  for (const Type& type : types) EXPECT_EQ(judge(taking(type)), "unsupported-type at type of x") << type.spelling;
}

TEST(Unsupported, ShowsThePathThatLeadsThere) {
  Contract contract = taking(list(record("home::Outer")));
  contract.records = {structure("home::Inner", {field("raw", pointer())}),
                      structure("home::Outer", {field("first", int32()), field("inner", record("home::Inner"))})};
  EXPECT_EQ(judge(contract), "unsupported-type at type of x");
  const Finding finding = finding_of(contract, "unsupported-type");
  EXPECT_EQ(finding.text, "'int *' in field 'raw' of 'home::Inner' cannot travel: a pointer has no meaning elsewhere");
  ASSERT_EQ(finding.notes.size(), 3U);
  EXPECT_EQ(finding.notes[0].text, "send the value");
  EXPECT_EQ(finding.notes[1].text, "it gets there through field 'inner' of 'home::Outer'");
  EXPECT_EQ(finding.notes[1].where.file, "field inner");
  EXPECT_EQ(finding.notes[2].text, "it gets there through field 'raw' of 'home::Inner'");
}

TEST(Unsupported, IsFoundInABase) {
  Contract contract = taking(record("home::Derived"));
  contract.records = {structure("home::Base", {field("raw", pointer())}), structure("home::Derived", {})};
  contract.records[1].bases = {{"home::Base"}};
  const Finding finding = finding_of(contract, "unsupported-type");
  EXPECT_EQ(finding.notes.at(1).text, "it gets there through base 'home::Base' of 'home::Derived'");
}

TEST(Unsupported, IsReportedOnceForARecordOfManyUses) {
  Contract contract =
      thermostat({method("put").takes(parameter("x", record("home::R"))), method("get").returns(record("home::R")),
                  method("bad").takes(parameter("y", pointer()))});
  contract.records = {structure("home::R", {field("raw", pointer()), field("other", pointer())})};
  EXPECT_EQ(judge(contract),
            "unsupported-type at type of x\nunsupported-type at type of x\nunsupported-type at type of y");
}

TEST(Unsupported, DoesNotMatterWhereNothingTravels) {
  const auto local = [](Method& m) { m.virtuality = Virtual::yes; };
  EXPECT_EQ(
      judge(thermostat({method("target"),
                        method("helper", {attribute(Kind::local)}).takes(parameter("x", pointer())).changed(local)})),
      "");
}

TEST(Unsupported, MayBeOpenPolymorphism) {
  const Unsupported open{"it may point to anything", "use a std::variant", Refusal::open_polymorphism};
  EXPECT_EQ(judge(taking({open, "std::unique_ptr<home::Shape>"})), "open-polymorphism at type of x");
  EXPECT_EQ(words(taking(list({open, "std::unique_ptr<home::Shape>"})), "open-polymorphism"),
            "'std::unique_ptr<home::Shape>' cannot travel: it may point to anything; use a std::variant");
}

TEST(Records, WithObstaclesStay) {
  Contract contract = taking(list(record("home::R")));
  contract.records = {structure("home::R", {field("raw", pointer())})};
  contract.records[0].obstacles = {{"it has a virtual base", "make the base an ordinary one", at("base")},
                                   {"its member 'x' is not public",
                                    "add a friend",
                                    at("member x"),
                                    Refusal::private_member,
                                    "befriend",
                                    {{at("x"), "y"}}}};
  EXPECT_EQ(judge(contract),
            "private-member at type of x\nrecord-obstacle at type of x\nunsupported-type at type of x");
  EXPECT_EQ(words(contract, "record-obstacle"),
            "'home::R' cannot travel: it has a virtual base; make the base an ordinary one");
  EXPECT_EQ(finding_of(contract, "record-obstacle").notes.back().where.file, "base");
  const Finding hidden = finding_of(contract, "private-member");
  EXPECT_EQ(hidden.fixes.at(0).title, "befriend");
  EXPECT_NE(hidden.notes.back().text.find("template <> struct rpc::Codec<home::R> : rpc::CustomCodec<home::R> {"),
            std::string::npos)
      << hidden.notes.back().text;
}

TEST(Records, AreMadeOnlyWhereTheyAreNoBase) {
  Contract contract = taking(record("home::Derived"));
  contract.records = {structure("home::Base", {}), structure("home::Derived", {})};
  contract.records[0].obstacles = {{"it has no constructor", "give it one", at("base"), Refusal::construction}};
  contract.records[1].bases = {{"home::Base"}};
  EXPECT_EQ(judge(contract), "");
  contract.records[1].fields = {field("base", record("home::Base"))};
  EXPECT_EQ(judge(contract), "no-value-constructor at type of x");
}

TEST(PlatformTypes, AreReportedWhereTheyAreWritten) {
  Contract contract = thermostat({method("put").takes(parameter("x", record("home::R")))});
  contract.records = {structure("home::R", {field("size", int32())})};
  const SourceRef place = at("long");
  contract.records[0].fields[0].platform_types = {{"long", "std::int64_t", place, {{place, "std::int64_t"}}}};
  contract.interfaces[0].methods[0].parameters[0].platform_types = {{"wchar_t", "char32_t", at("wide"), {}}};
  EXPECT_EQ(judge(contract), "warning: platform-type at long\nwarning: platform-type at wide");
  EXPECT_EQ(finding_of(contract, "platform-type").fixes.at(0).title, "write 'std::int64_t'");
}

TEST(Records, MayContainThemselves) {
  Contract contract = taking(record("home::Tree"));
  contract.records = {
      structure("home::Tree", {field("children", list(record("home::Tree"))), field("raw", pointer())})};
  EXPECT_EQ(judge(contract), "unsupported-type at type of x");
}

TEST(Enums, HaveValues) {
  Contract contract = taking(enumeration("home::Id"));
  contract.enums = {{.name = "home::Id", .underlying = Scalar::uint32}};
  EXPECT_EQ(judge(contract), "empty-enum at type of x");
}

TEST(Arrays, HaveElements) {
  EXPECT_EQ(judge(taking({SequenceOf{SequenceKind::array, Box(int32()), 0}, "std::array<int, 0>"})),
            "empty-array at type of x");
  EXPECT_EQ(judge(taking({BitsetOf{0}, "std::bitset<0>"})), "empty-array at type of x");
  EXPECT_EQ(judge(taking({SequenceOf{SequenceKind::array, Box(int32()), 1}, "std::array<int, 1>"})), "");
}

}  // namespace
}  // namespace farcall
