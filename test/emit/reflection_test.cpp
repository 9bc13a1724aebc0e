// The text that a server describes an interface with.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "emit/artefacts.h"
#include "plan/contracts.h"

namespace farcall {
namespace {

using namespace testing;
using ::testing::HasSubstr;
using ::testing::Not;

std::string described(const Plan& planned) { return description(planned, planned.interfaces.back()); }

TEST(Description, IsTheContractInFewBytes) {
  const Plan planned = planned_from(with_methods({method("target", of_double())}));
  EXPECT_EQ(described(planned),
            R"__(// What a server that describes itself says of the interface: the contract, without comments.
constexpr char ThermostatMarshalling::description[] = R"json({"format":1,"header":"thermostat.h","interfaces":[
{"name":"home::Thermostat","cpp_name":"home::Thermostat","methods":[
{"name":"target","number":1,"cpp_name":"target","mode":"call","virtual":"pure","result":{"type":"float64","cpp_type":"double"},"parameters":[]}],"attributes":{"interface":true}}],"records":[],"enums":[]})json";
)__");
}

TEST(Description, HasWhatTheInterfaceRefersToAndNothingElse) {
  Record leaf = record("home::Leaf", {field("kind", of_enum("home::Kind"))});
  Record tree = record("home::Tree", {field("trees", of_vector(of_record("home::Tree")))});
  tree.bases = {{"home::Leaf"}};
  const Enum kind{.name = "home::Kind", .underlying = Scalar::int32, .enumerators = {{"one", 1}}};
  Contract all = contract({interface("Other", {"home"}, {method("last", of_record("home::Reading"))}),
                           interface("Forest", {"home"}, {method("plant", of_optional(of_record("home::Tree")))})},
                          {reading(), leaf, tree}, {kind});
  all.interfaces.back().doc = "secret";
  all.interfaces.back().methods.back().doc = "secret";
  const std::string text = described(planned_from(all));
  EXPECT_THAT(text, HasSubstr(R"({"name":"home::Leaf","fields")"));
  EXPECT_THAT(text, HasSubstr(R"({"name":"home::Tree","bases")"));
  EXPECT_THAT(text, HasSubstr(R"({"name":"home::Kind","underlying")"));
  EXPECT_THAT(text, Not(HasSubstr("Reading")));
  EXPECT_THAT(text, Not(HasSubstr("Other")));
  EXPECT_THAT(text, Not(HasSubstr("secret")));
}

TEST(Description, EndsWhereItEnds) {
  const Plan planned = planned_from(with_methods({method("target", type(Scalar::float64, "f()json"))}));
  EXPECT_THAT(described(planned), HasSubstr("::description[] = R\"json_({"));
  EXPECT_THAT(described(planned), HasSubstr("})json_\";\n"));
}

TEST(Description, OfMoreThanCompilersPromiseToTakeIsNotWarnedOf) {
  std::vector<Field> fields;
  for (int i = 0; i < 1000; ++i) fields.push_back(field("field" + std::to_string(i), of_int()));
  const Contract wide = with_methods({method("all", of_record("home::Wide"))}, {record("home::Wide", fields)});
  EXPECT_THAT(described(planned_from(wide)), HasSubstr("\n#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n"));
}

}  // namespace
}  // namespace farcall
