// Where the files go and how they include the user's header.
#include <gtest/gtest.h>

#include "plan/contracts.h"

namespace farcall {
namespace {

using namespace testing;

Plan planned(const std::string& header, const PlanOptions& options) {
  Contract contract = thermostat();
  contract.header = header;
  return planned_from(contract, options);
}

TEST(Paths, BesideTheHeader) {
  const Plan beside = planned("src/home/thermostat.hpp", {});
  EXPECT_EQ(beside.header_path, "src/home/thermostat.rpc.h");
  EXPECT_EQ(beside.source_path, "src/home/thermostat.rpc.cpp");
  EXPECT_EQ(beside.include, "thermostat.hpp");
  EXPECT_EQ(planned("thermostat.h", {}).header_path, "thermostat.rpc.h");
}

TEST(Paths, InAnotherFolder) {
  const Plan away = planned("/src/home/thermostat.h", {.out_dir = "/build/gen"});
  EXPECT_EQ(away.header_path, "/build/gen/thermostat.rpc.h");
  EXPECT_EQ(away.include, "../../src/home/thermostat.h");
  EXPECT_EQ(planned("home/thermostat.h", {.out_dir = "home"}).include, "thermostat.h");
}

TEST(Paths, IncludedAsTheCallerSays) {
  EXPECT_EQ(planned("/src/home/thermostat.h", {.out_dir = "gen", .include = "home/thermostat.h"}).include,
            "home/thermostat.h");
}

}  // namespace
}  // namespace farcall
