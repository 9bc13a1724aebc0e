// Which default arguments generated code repeats: those that mean the same everywhere.
#include "plan/defaults.h"

#include <gtest/gtest.h>

#include "plan/contracts.h"

namespace farcall {
namespace {

using namespace testing;

const Contract units =
    contract({}, {}, {{.name = "home::Unit", .underlying = Scalar::int32, .enumerators = {{"celsius", 0}}}});

std::string repeated(const Type& of, const std::string& text) {
  Parameter made = parameter("p", of);
  made.default_argument = text;
  return repeatable_default(units, made);
}

TEST(Defaults, RepeatsLiterals) {
  for (const char* text :
       {"7", "-7", "0xff", "1'000'000u", "2.5e3", "1e9f", "true", "'x'", "'\\''", "{}", "std::nullopt", "nullptr",
        "u8\"hall\"", "u'x'", "U\"\"", "\"hall\"", "\"a \\\"quoted\\\" word\"", "\"\""}) {
    EXPECT_EQ(repeated(of_int(), text), text);
  }
}

TEST(Defaults, DoesNotRepeatWhatCouldMeanSomethingElse) {
  for (const char* text : {"limit", "limit()", "home::limit", "Reading{}", "250ms", "\"hall\"s", "R\"(hall)\"",
                           "u8 \"hall\"", "\"a\" \"b\"", "1 + 2", "sizeof(int)", "nullptr_t{}", "'", "\"", "-", ""}) {
    EXPECT_EQ(repeated(of_int(), text), "") << text;
  }
}

TEST(Defaults, NamesEnumeratorsInFull) {
  EXPECT_EQ(repeated(of_enum("home::Unit"), "Unit::celsius"), "home::Unit::celsius");
  EXPECT_EQ(repeated(of_enum("home::Unit"), "home::Unit::celsius"), "home::Unit::celsius");
  EXPECT_EQ(repeated(of_enum("home::Unit"), "celsius"), "") << "could be a constant of another scope";
  EXPECT_EQ(repeated(of_enum("home::Unit"), "Other::celsius"), "");
  EXPECT_EQ(repeated(of_enum("home::Unit"), "Unit::kelvin"), "");
}

TEST(Defaults, OnlyTheLastOnesCount) {
  Parameter first = parameter("first", of_int());
  Parameter second = parameter("second", of_int());
  Parameter third = parameter("third", of_int());
  first.default_argument = "1";
  second.default_argument = "limit";
  third.default_argument = "3";
  const Plan planned = planned_from(with_methods({method("f", of_void(), {first, second, third})}));
  const std::vector<ParameterPlan>& parameters = planned.interfaces[0].methods[0].parameters;
  EXPECT_EQ(parameters[0].default_argument, "");
  EXPECT_EQ(parameters[1].default_argument, "");
  EXPECT_EQ(parameters[2].default_argument, "3");
}

}  // namespace
}  // namespace farcall
