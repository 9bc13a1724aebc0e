// Which changes of a header make two ends speak different languages, and which do not.
#include "plan/fingerprint.h"

#include <gtest/gtest.h>

#include "plan/contracts.h"

namespace farcall {
namespace {

using namespace testing;

template <class Change>
bool changes(Change change) {
  Contract other = thermostat();
  change(other);
  const Contract before = thermostat();
  return fingerprint(before, before.interfaces[0]) != fingerprint(other, other.interfaces[0]);
}

Method& history(Contract& contract) { return contract.interfaces[0].methods[1]; }

TEST(Fingerprint, DescribesAllThatTravels) {
  const Contract described = thermostat();
  EXPECT_EQ(describe_wire(described, described.interfaces[0]),
            "interface home::Thermostat\n"
            "  target() -> float64\n"
            "  history(in text, in int32) -> list<record home::Reading>\n"
            "  heartbeat(in text) -> void\n"
            "record home::Reading\n"
            "  sensor: text\n"
            "  celsius: float64\n");
  EXPECT_EQ(fingerprint(described, described.interfaces[0]), 0xac6746b10293417bU);
}

TEST(Fingerprint, DependsOnWhatTravels) {
  EXPECT_TRUE(changes([](Contract& c) { c.interfaces[0].qualified_name = "home::Heating"; }));
  EXPECT_TRUE(changes([](Contract& c) { history(c).name = "past"; }));
  EXPECT_TRUE(changes([](Contract& c) { history(c).parameters[1].type = type(Scalar::int64, "long"); }));
  EXPECT_TRUE(changes([](Contract& c) { history(c).parameters[1].passing = Passing::reference; }));
  EXPECT_TRUE(changes([](Contract& c) { history(c).result = of_void(); }));
  EXPECT_TRUE(changes([](Contract& c) { std::swap(c.interfaces[0].methods[0], c.interfaces[0].methods[1]); }));
  EXPECT_TRUE(changes([](Contract& c) { c.interfaces[0].methods.pop_back(); }));
  EXPECT_TRUE(changes([](Contract& c) { std::swap(c.records[0].fields[0], c.records[0].fields[1]); }));
  EXPECT_TRUE(changes([](Contract& c) { c.records[0].fields[0].name = "place"; }));
  EXPECT_TRUE(changes([](Contract& c) { c.records[0].flat_size = 16; }));
}

TEST(Fingerprint, DoesNotDependOnTwins) {
  EXPECT_FALSE(changes([](Contract& c) {
    for (const AttributeKind kind : {AttributeKind::uuid, AttributeKind::async_uuid})
      c.interfaces[0].attributes.push_back(attribute(kind, "uuid", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"));
  }));
}

TEST(Fingerprint, DependsOnBitFieldsAndCodecs) {
  Contract described = thermostat();
  described.records[0].fields[1] = field("number", of_int());
  described.records[0].fields[1].bit_width = 12;
  const auto last_lines = [&] {
    const std::string text = describe_wire(described, described.interfaces[0]);
    return text.substr(text.find("void\n") + 5);
  };
  EXPECT_EQ(last_lines(), "record home::Reading\n  sensor: text\n  number: int32 : 12\n");
  described.records[0] = record("home::Reading", {});
  described.records[0].codec = UserCodec{2};
  EXPECT_EQ(last_lines(), "codec home::Reading version 2\n");
}

TEST(Fingerprint, DoesNotDependOnLocalChoices) {
  EXPECT_FALSE(changes([](Contract& c) { history(c).attributes.clear(); }));  // async is one
  EXPECT_FALSE(changes([](Contract& c) { history(c).parameters[0].name = "place"; }));
  EXPECT_FALSE(changes([](Contract& c) { history(c).parameters[0].passing = Passing::const_reference; }));
  EXPECT_FALSE(changes([](Contract& c) { history(c).is_const = true; }));
  EXPECT_FALSE(changes([](Contract& c) { history(c).doc = "What was measured."; }));
  EXPECT_FALSE(changes([](Contract& c) { history(c).result.spelling = "Readings"; }));
  EXPECT_FALSE(changes([](Contract& c) { c.header = "other.h"; }));
  EXPECT_FALSE(changes([](Contract& c) { c.records.push_back(record("home::Unused", {})); }));
}

TEST(Fingerprint, DoesNotDependOnWhoOwnsWhatTravels) {
  EXPECT_FALSE(changes([](Contract& c) { history(c).parameters[0].type = type(Text{true}, "std::string_view"); }));
  const auto taking = [](const Type& of) {
    const Contract made = with_methods({method("f", of_void(), {parameter("x", of)})});
    return fingerprint(made, made.interfaces[0]);
  };
  const auto of_span = [](std::uint64_t extent) {
    return type(SequenceOf{SequenceKind::span, Box(of_int()), extent}, "std::span<const int>");
  };
  EXPECT_EQ(taking(of_span(0)), taking(of_vector(of_int())));
  EXPECT_EQ(taking(of_span(3)), taking(of_array(of_int(), 3)));
  EXPECT_NE(taking(of_span(3)), taking(of_vector(of_int())));
  const Type wide = type(Scalar::char16, "char16_t");
  EXPECT_EQ(taking(type(SequenceOf{SequenceKind::basic_string_view, Box(wide)}, "std::u16string_view")),
            taking(type(SequenceOf{SequenceKind::basic_string, Box(wide)}, "std::u16string")));
}

TEST(Fingerprint, WireNamesLetThingsBeRenamed) {
  EXPECT_FALSE(changes([](Contract& c) {
    history(c).name = "past";
    history(c).attributes.push_back(named("history"));
    c.records[0].fields[0].name = "place";
    c.records[0].fields[0].attributes.push_back(named("sensor"));
    c.interfaces[0].qualified_name = "home::Heating";
    c.interfaces[0].attributes[0] = attribute(AttributeKind::interface, "interface", "home::Thermostat");
  }));
}

TEST(Fingerprint, EnumsTravelByNameAndValue) {
  const auto with_kind = [](const Enum& kind) {
    const Contract contract = with_methods({method("kind", of_enum("home::Kind"))}, {}, {kind});
    return fingerprint(contract, contract.interfaces[0]);
  };
  const Enum kind{.name = "home::Kind", .underlying = Scalar::int32, .enumerators = {{"a", 0}, {"b", 1}}};
  Enum more = kind;
  more.enumerators.push_back({"c", 2});
  Enum renumbered = kind;
  renumbered.enumerators[1].value = 2;
  Enum wider = kind;
  wider.underlying = Scalar::int64;
  Enum flags = kind;
  flags.is_flags = true;
  EXPECT_NE(with_kind(kind), with_kind(more));
  EXPECT_NE(with_kind(kind), with_kind(renumbered));
  EXPECT_NE(with_kind(kind), with_kind(wider));
  EXPECT_NE(with_kind(kind), with_kind(flags));
}

}  // namespace
}  // namespace farcall
