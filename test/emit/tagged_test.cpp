// The tables of the tagged encoding.
#include <gtest/gtest.h>

#include "emit/artefacts.h"
#include "plan/contracts.h"

namespace farcall {
namespace {

using namespace testing;

TEST(TaggedTables, ARecordIsItsBasesAndFieldsByNumber) {
  Record sample = record("home::Sample", {field("celsius", of_double()), field("path", of_vector(of_text()))});
  sample.bases = {{"home::Reading"}};
  const Plan planned = planned_from(with_methods({method("last", of_record("home::Sample"))}, {reading(), sample}));
  const std::string text = tagged_types(planned);
  EXPECT_NE(text.find(R"(template <>
struct rpc::Tagged<home::Sample> {
  using T = ::home::Sample;
  static const tagged::Field fields[];
  static const tagged::Record type;
};
)"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find(R"(inline constexpr rpc::tagged::Field rpc::Tagged<home::Sample>::fields[] = {
    {1, "home::Reading", 0, &tagged::BaseOf<T, ::home::Reading>::type},
    {2, "celsius", offsetof(T, celsius), &Tagged<double>::type},
    {3, "path", offsetof(T, path), &Tagged<std::vector<std::string>>::type},
};
inline constexpr rpc::tagged::Record rpc::Tagged<home::Sample>::type("home::Sample", fields);
)"),
            std::string::npos)
      << text;
}

TEST(TaggedTables, RecordsWithoutFieldsOrWithThemselvesInThem) {
  const Record room = record("Room", {field("rooms", of_vector(of_record("Room")))});
  const std::string text = tagged_types(planned_from(
      with_methods({method("a", of_record("Empty")), method("b", of_record("Room"))}, {record("Empty", {}), room})));
  EXPECT_NE(text.find("struct rpc::Tagged<Empty> {\n  static const tagged::Record type;\n};\n"), std::string::npos);
  EXPECT_NE(text.find("inline constexpr rpc::tagged::Record rpc::Tagged<Empty>::type(\"Empty\");\n"),
            std::string::npos);
  EXPECT_NE(text.find("rpc::Tagged<Room>::type(\"Room\", fields, true);\n"), std::string::npos) << text;
}

TEST(TaggedTables, FollowTheNumbersOfAnEarlierContract) {
  const auto with_fields = [](std::vector<Field> fields) {
    return with_methods({method("last", of_record("R"))}, {record("R", std::move(fields))});
  };
  const Plan first = planned_from(with_fields({field("a", of_int()), field("b", of_int())}));
  const Plan second = plan(checked(with_fields({field("c", of_int()), field("b", of_int())})), {}, &first.frozen);
  EXPECT_NE(tagged_types(second).find("    {2, \"b\", offsetof(T, b), &Tagged<int>::type},\n    {3, \"c\","),
            std::string::npos);
}

TEST(TaggedTables, ADefaultIsTheVariablesValueOrTheArgumentHasToCome) {
  std::vector<Parameter> parameters = {parameter("sensor", of_text()), parameter("days", of_int()),
                                       parameter("limits", of_optional(of_int())), parameter("unit", of_text())};
  parameters[0].default_argument = "\"hall\"";
  parameters[1].default_argument = "7";
  parameters[2].default_argument = "std::nullopt";
  parameters[3].default_argument = "usual_unit()";
  const InterfacePlan planned = planned_from(with_methods({method("f", of_void(), parameters)})).interfaces[0];
  EXPECT_NE(
      serve_function(planned, planned.methods[0])
          .find(
              "  std::string sensor = \"hall\";\n  int days = 7;\n  std::optional<int> limits;\n  std::string unit;\n"),
      std::string::npos);
  EXPECT_NE(marshalling_functions(planned, planned.methods[0])
                .find("{4, \"unit\", 3, &::rpc::Tagged<std::string>::type, ::rpc::tagged::Presence::required},\n"),
            std::string::npos);
}

TEST(TaggedTables, OfArgumentsAndResultsAreUsedByTheFunctionsThatReadAndWriteThem) {
  const InterfacePlan planned =
      planned_from(
          with_methods({method("range", of_bool(),
                               {parameter("sensor", of_text()), directed("low", of_double(), AttributeKind::out)})}))
          .interfaces[0];
  const std::string text = marshalling_functions(planned, planned.methods[0]);
  for (const char* part :
       {"    {1, \"sensor\", 0, &::rpc::Tagged<std::string>::type},\n",
        "static constexpr ::rpc::tagged::Values range_arguments{\"the arguments of home::Thermostat::range\",\n",
        "  if (out.tagged()) return ::rpc::tagged::write(out, range_arguments, {&sensor});\n",
        "  if (in.tagged()) return ::rpc::tagged::read(in, range_arguments, {&sensor});\n",
        "    {3, \"low\", 1, &::rpc::Tagged<double>::type},\n",
        "  if (out.tagged()) return ::rpc::tagged::write(out, range_reply, {&result, &low});\n",
        "  if (in.tagged()) return ::rpc::tagged::read(in, range_reply, {&result, &low});\n"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << text;
  }
}

}  // namespace
}  // namespace farcall
