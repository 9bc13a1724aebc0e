// Fields through bases, what a type can hold, and records that contain themselves.
#include "plan/records.h"

#include <gtest/gtest.h>

#include "plan/contracts.h"

namespace farcall {
namespace {

using namespace testing;

TEST(Records, FieldsOfBasesComeFirstAndAreNamedThroughThem) {
  Record entry = record("home::Entry", {field("note", of_text())});
  entry.bases = {{"home::Stamped"}};
  const Contract both = contract({}, {record("home::Stamped", {field("at", of_int())}), entry});
  const std::vector<Item> fields = fields_of(both, entry);
  ASSERT_EQ(fields.size(), 2U);
  EXPECT_EQ(fields[0].access, "value.home::Stamped::at");
  EXPECT_EQ(fields[1].access, "value.note");
}

TEST(Records, ACycleGoesThroughAnyContainer) {
  const Record tree = record("Tree", {field("children", of_vector(of_record("Tree")))});
  const Record even = record("Even", {field("next", of_map(of_text(), of_record("Odd")))});
  const Record odd = record("Odd", {field("next", of_optional(of_pair(of_int(), of_record("Even"))))});
  const Record forest = record("Forest", {field("trees", of_vector(of_record("Tree")))});
  const Contract all = contract({}, {tree, even, odd, forest});
  EXPECT_TRUE(on_cycle(all, tree));
  EXPECT_TRUE(on_cycle(all, even));
  EXPECT_TRUE(on_cycle(all, odd));
  EXPECT_FALSE(on_cycle(all, forest));
}

TEST(Records, ABaseCanCloseACycle) {
  Record node = record("Node", {});
  node.bases = {{"Links"}};
  const Contract all = contract({}, {record("Links", {field("others", of_vector(of_record("Node")))}), node});
  EXPECT_TRUE(on_cycle(all, node));
}

TEST(Records, ReachesRecordsAndEnumsAtAnyDepth) {
  const Record inner = record("Inner", {field("kind", of_enum("Kind"))});
  const Record outer = record("Outer", {field("inners", of_vector(of_optional(of_record("Inner"))))});
  const Contract all = contract({}, {inner, outer}, {{.name = "Kind", .underlying = Scalar::int32}});
  const Reached reached = reach(all, {of_array(of_record("Outer"), 2)});
  EXPECT_EQ(reached.records, (std::set<std::string>{"Inner", "Outer"}));
  EXPECT_EQ(reached.enums, (std::set<std::string>{"Kind"}));
}

}  // namespace
}  // namespace farcall
