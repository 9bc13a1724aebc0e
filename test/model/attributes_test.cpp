#include "model/attributes.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace farcall {
namespace {

using namespace std::chrono_literals;

TEST(AttributeTable, IsFoundByNameAndKind) {
  for (const AttributeSpec& spec : attribute_table()) {
    EXPECT_EQ(find_attribute(spec.name), &spec);
    EXPECT_EQ(&attribute_spec(spec.kind), &spec);
    EXPECT_TRUE(spec.example.starts_with("rpc::" + std::string(spec.name))) << spec.example;
    EXPECT_EQ(spec.takes_argument(), spec.example.ends_with(')')) << spec.example;
  }
  EXPECT_EQ(find_attribute("asinc"), nullptr);
  EXPECT_EQ(find_attribute(""), nullptr);
}

TEST(AttributeTable, KnowsThePlaces) {
  EXPECT_TRUE(find_attribute("timeout")->allows(Place::on_class));
  EXPECT_TRUE(find_attribute("timeout")->allows(Place::on_method));
  EXPECT_FALSE(find_attribute("timeout")->allows(Place::on_parameter));
  EXPECT_FALSE(find_attribute("timeout")->allows(Place::on_field));
  EXPECT_EQ(describe(Place::on_parameter), "a parameter");
}

TEST(AttributeTable, IsThatOfTheManual) {
  std::ifstream file(FARCALL_DOCS "/attributes.md");
  const std::string manual{std::istreambuf_iterator<char>(file), {}};
  for (const AttributeSpec& spec : attribute_table()) {
    const std::size_t row = manual.find("| [`rpc::" + std::string(spec.name) + "`]");
    ASSERT_NE(row, std::string::npos) << spec.name;
    const std::string line = manual.substr(row, manual.find('\n', row) - row);
    EXPECT_TRUE(line.ends_with("| " + std::string(spec.meaning) + " |")) << line;
    const std::size_t column = line.find(" | ") + 3;
    const std::string places = line.substr(column, line.find(" | ", column) - column);
    for (const Place place : {Place::on_class, Place::on_method, Place::on_parameter, Place::on_field})
      EXPECT_EQ(places.find(describe(place).substr(2)) != std::string::npos, spec.allows(place)) << line;
  }
}

std::string nearest(std::string_view name) {
  const AttributeSpec* spec = nearest_attribute(name);
  return spec == nullptr ? "" : std::string(spec->name);
}

TEST(NearestAttribute, ForgivesSlips) {
  EXPECT_EQ(nearest("asinc"), "async");
  EXPECT_EQ(nearest("mabye"), "maybe");
  EXPECT_EQ(nearest("interfase"), "interface");
  EXPECT_EQ(nearest("timetolive"), "time_to_live");
  EXPECT_EQ(nearest("idempotant"), "idempotent");
  EXPECT_EQ(nearest("async_uid"), "async_uuid");
  EXPECT_EQ(nearest("Local"), "local");
}

TEST(NearestAttribute, DoesNotGuessWildly) {
  EXPECT_EQ(nearest("stream"), "");
  EXPECT_EQ(nearest("x"), "");
  EXPECT_EQ(nearest(""), "");
  EXPECT_EQ(nearest("broadcast"), "");
  EXPECT_EQ(nearest(std::string(1'000'000, 'a')), "");
}

TEST(Duration, HasANumberAndAUnit) {
  EXPECT_EQ(parse_duration("250ms").value, 250ms);
  EXPECT_EQ(parse_duration("1ns").value, 1ns);
  EXPECT_EQ(parse_duration("7us").value, 7us);
  EXPECT_EQ(parse_duration("30s").value, 30s);
  EXPECT_EQ(parse_duration("5min").value, 5min);
  EXPECT_EQ(parse_duration("24h").value, 24h);
}

TEST(Duration, SaysWhatIsWrong) {
  EXPECT_EQ(parse_duration("").problem, "it does not start with a whole number");
  EXPECT_EQ(parse_duration("soon").problem, "it does not start with a whole number");
  EXPECT_EQ(parse_duration("none").problem, "it does not start with a whole number");
  EXPECT_EQ(parse_duration("250").problem, "it has no unit: ns, us, ms, s, min or h");
  EXPECT_EQ(parse_duration("250 ms").problem, "' ms' is not one of the units ns, us, ms, s, min and h");
  EXPECT_EQ(parse_duration("1.5s").problem, "'.5s' is not one of the units ns, us, ms, s, min and h");
  EXPECT_EQ(parse_duration("3m").problem, "'m' is not one of the units ns, us, ms, s, min and h");
  EXPECT_EQ(parse_duration("0s").problem, "it is not longer than zero");
  EXPECT_EQ(parse_duration("-5s").problem, "it is not longer than zero");
  EXPECT_EQ(parse_duration("2562048h").problem, "it is longer than 292 years");
  EXPECT_EQ(parse_duration("99999999999999999999s").problem, "it is longer than 292 years");
  EXPECT_FALSE(parse_duration("0s").value);
  EXPECT_EQ(parse_duration("2562047h").value, 2562047h);
}

TEST(Timeout, CanBeNone) {
  EXPECT_EQ(parse_timeout("none").value, no_timeout);
  EXPECT_EQ(parse_timeout("3s").value, 3s);
  EXPECT_FALSE(parse_timeout("-1ns").value);
}

TEST(Uuid, HasOneForm) {
  const UuidBytes expected = {0x6b, 0xa7, 0xb8, 0x10, 0x9d, 0xad, 0x11, 0xd1,
                              0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8};
  EXPECT_EQ(parse_uuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8").value, expected);
  EXPECT_EQ(parse_uuid("6BA7B810-9DAD-11D1-80B4-00C04FD430C8").value, expected);
  EXPECT_FALSE(parse_uuid("").value);
  EXPECT_FALSE(parse_uuid("6ba7b810-9dad-11d1-80b4-00c04fd430c").value);
  EXPECT_FALSE(parse_uuid("6ba7b810-9dad-11d1-80b4-00c04fd430cg").value);
  EXPECT_FALSE(parse_uuid("6ba7b8109-dad-11d1-80b4-00c04fd430c8").value);
  EXPECT_FALSE(parse_uuid("{6ba7b810-9dad-11d1-80b4-00c04fd430c}").value);
  EXPECT_EQ(parse_uuid("00000000-0000-0000-0000-000000000000").problem, "it is the nil UUID, which identifies nothing");
}

}  // namespace
}  // namespace farcall
