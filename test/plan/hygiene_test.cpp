// Names that would capture each other are told apart, and no others are touched.
#include "plan/hygiene.h"

#include <gtest/gtest.h>

#include "plan/contracts.h"

namespace farcall {
namespace {

using namespace testing;

TEST(Hygiene, LeavesOrdinaryTypesAlone) {
  const Hygiene hygiene(thermostat());
  EXPECT_EQ(hygiene.type("std::map<std::string, home::Reading>"), "std::map<std::string, home::Reading>");
}

TEST(Hygiene, RootsNamesThatANestedNamespaceHides) {
  Contract contract = thermostat();
  contract.types_in_scope = {"home::std", "home::detail::Thing"};
  const Hygiene hygiene(contract);
  EXPECT_EQ(hygiene.type("std::vector<home::Reading>"), "::std::vector<home::Reading>");
  EXPECT_EQ(hygiene.type("std::map<int, std::string>"), "::std::map<int, ::std::string>");
  EXPECT_EQ(hygiene.type("const detail::Other &"), "const ::detail::Other &");
  EXPECT_EQ(hygiene.type("home::std::Thing"), "home::std::Thing");
}

TEST(Hygiene, RootsGlobalTypesThatSomethingElseIsCalledLike) {
  const Hygiene hygiene(
      with_methods({method("Reading", of_void()), method("set", of_void(), {parameter("Mode", of_int())})}));
  EXPECT_EQ(hygiene.type("std::vector<Reading>"), "std::vector<::Reading>");
  EXPECT_EQ(hygiene.type("Mode"), "::Mode");
  EXPECT_EQ(hygiene.type("Mode::Kind"), "Mode::Kind") << "a variable does not hide what stands before ::";
  EXPECT_EQ(hygiene.type("Server"), "::Server") << "generated code has a nested Server";
}

TEST(Hygiene, RootsEveryUserNameForForeignNamespaces) {
  EXPECT_EQ(rooted("home::Box<Reading, 3, unsigned int>"), "::home::Box<::Reading, 3, unsigned int>");
  EXPECT_EQ(rooted("std::vector<home::Reading>"), "std::vector<::home::Reading>");
  EXPECT_EQ(rooted("home::Matrix<0x10, true>"), "::home::Matrix<0x10, true>");
  EXPECT_EQ(rooted("Wärme::Maß<nullptr>"), "::Wärme::Maß<nullptr>");
  EXPECT_EQ(rooted("Line<'x', u8'\\'', '\\n', Box>"), "::Line<'x', u8'\\'', '\\n', ::Box>");
}

TEST(Hygiene, RenamesParametersThatGeneratedFunctionsWouldHide) {
  EXPECT_EQ(local_name("sensor", {}), "sensor");
  for (const char* taken :
       {"at", "call", "in", "method", "out", "reply", "result", "server", "stub_", "bits", "bits2"}) {
    EXPECT_EQ(local_name(taken, {}), std::string(taken) + "_");
  }
  EXPECT_EQ(local_name("bitset", {}), "bitset");
  EXPECT_EQ(local_name("in", {"in_"}), "in__");
}

TEST(Hygiene, MakesIdentifiersOfWireNames) {
  EXPECT_EQ(identifier("add_int"), "add_int");
  EXPECT_EQ(identifier("add.int-2"), "add_int_2");
  EXPECT_EQ(identifier("2nd"), "_2nd");
}

}  // namespace
}  // namespace farcall
