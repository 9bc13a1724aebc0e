// Which number everything gets, and keeps.
#include "plan/numbers.h"

#include <gtest/gtest.h>

#include "plan/contracts.h"

namespace farcall {
namespace {

using namespace testing;

/// "sensor 1, celsius 2; gone: unit 3"
template <class Named>
std::string listed(const std::vector<Named>& all, const std::vector<Tombstone>& removed = {}) {
  std::string text;
  for (const Named& each : all) text += (text.empty() ? "" : ", ") + each.name + " " + std::to_string(each.number);
  for (const Tombstone& each : removed) text += "; gone: " + each.name + " " + std::to_string(each.number);
  return text;
}

std::string fields(const Frozen& frozen) { return listed(frozen.records.at(0).fields, frozen.records.at(0).removed); }

/// One method that returns a record with these fields.
Contract with_fields(std::vector<Field> fields) {
  return with_methods({method("last", of_record("home::Reading"))}, {record("home::Reading", std::move(fields))});
}

TEST(Numbers, FollowTheDeclarationFromOne) {
  const Frozen frozen = freeze(thermostat(), nullptr);
  EXPECT_EQ(listed(frozen.interfaces[0].methods), "target 1, history 2, heartbeat 3");
  EXPECT_EQ(listed(frozen.interfaces[0].methods[1].parameters), "sensor 1, days 2");
  EXPECT_EQ(fields(frozen), "sensor 1, celsius 2");
}

TEST(Numbers, StayWithTheirNamesWhateverIsAddedRemovedOrMoved) {
  const Frozen first = freeze(with_fields({field("a", of_int()), field("b", of_int()), field("c", of_int())}), nullptr);
  const Frozen second = freeze(with_fields({field("d", of_int()), field("c", of_int()), field("a", of_int())}), &first);
  EXPECT_EQ(fields(second), "d 4, c 3, a 1; gone: b 2");
  const Frozen third = freeze(with_fields({field("a", of_int()), field("e", of_int())}), &second);
  EXPECT_EQ(fields(third), "a 1, e 5; gone: b 2; gone: c 3; gone: d 4");
}

TEST(Numbers, ANameThatComesBackIsNew) {
  const Frozen first = freeze(with_fields({field("a", of_int()), field("b", of_int())}), nullptr);
  const Frozen second = freeze(with_fields({field("a", of_int())}), &first);
  const Frozen third = freeze(with_fields({field("a", of_int()), field("b", of_int())}), &second);
  EXPECT_EQ(fields(third), "a 1, b 3; gone: b 2");
}

TEST(Numbers, FollowTheStableNameWhenTheCppNameChanges) {
  Field renamed = field("degrees", of_double());
  renamed.attributes = {named("celsius")};
  const Frozen first = freeze(with_fields({field("sensor", of_text()), field("celsius", of_double())}), nullptr);
  const Frozen second = freeze(with_fields({renamed, field("sensor", of_text())}), &first);
  EXPECT_EQ(fields(second), "celsius 2, sensor 1");
  EXPECT_EQ(second.records[0].fields[0].cpp_name, "degrees");
}

TEST(Numbers, OfMethodsAndParametersAreKeptAsWell) {
  const Frozen first = freeze(thermostat(), nullptr);
  const Method longer = method("history", of_int(), {parameter("", of_int()), parameter("days", of_int())});
  const Frozen second = freeze(with_methods({method("stop", of_void()), longer}), &first);
  const FrozenInterface& interface = second.interfaces[0];
  EXPECT_EQ(listed(interface.methods, interface.removed), "stop 4, history 2; gone: target 1; gone: heartbeat 3");
  EXPECT_EQ(listed(interface.methods[1].parameters, interface.methods[1].removed),
            "argument1 3, days 2; gone: sensor 1");
}

TEST(Numbers, OfBasesAndFieldsAreOneScope) {
  Record stamped = record("home::Stamped", {field("at", of_int())});
  Record sample = reading();
  sample.bases = {{"home::Stamped"}};
  const Frozen first = freeze(with_methods({method("last", of_record("home::Reading"))}, {reading()}), nullptr);
  const Frozen second = freeze(with_methods({method("last", of_record("home::Reading"))}, {stamped, sample}), &first);
  EXPECT_EQ(fields(second), "sensor 1, celsius 2");
  EXPECT_EQ(listed(second.records[0].bases), "home::Stamped 3");
}

TEST(Numbers, LeaveOutWhatProtobufKeeps) {
  Frozen first = freeze(with_fields({field("a", of_int())}), nullptr);
  first.records[0].removed = {{"z", 18998}};
  EXPECT_EQ(fields(freeze(with_fields({field("a", of_int()), field("b", of_int())}), &first)),
            "a 1, b 20000; gone: z 18998");
}

TEST(Numbers, OfThePlanTellOutputsFromTheResult) {
  const Plan planned =
      planned_from(with_methods({method("swap", of_bool(),
                                        {parameter("by", of_int()), parameter("a", of_int(), Passing::reference),
                                         directed("b", of_int(), AttributeKind::out)})}));
  const MethodPlan& swap = planned.interfaces[0].methods[0];
  std::string text;
  for (const FieldPlan& each : swap.argument_fields) text += each.item.access + std::to_string(each.number) + " ";
  for (const FieldPlan& each : swap.reply_fields) text += each.item.access + std::to_string(each.number) + " ";
  EXPECT_EQ(text, "by1 a2 result1 a3 b4 ");
}

TEST(Numbers, OfThePlanFollowAnEarlierContract) {
  const Frozen first = freeze(with_fields({field("b", of_int()), field("a", of_int())}), nullptr);
  const Contract contract = with_fields({field("a", of_int()), field("b", of_int())});
  const Plan planned = plan(checked(contract), {}, &first);
  EXPECT_EQ(planned.records[0].fields[0].item.access, "value.a");
  EXPECT_EQ(planned.records[0].fields[0].number, 2U);
  EXPECT_EQ(planned.records[0].fields[1].number, 1U);
}

}  // namespace
}  // namespace farcall
