// The names, bases and includes of asynchronous twins.
#include "plan/twin.h"

#include <gtest/gtest.h>

#include "plan/contracts.h"

namespace farcall {
namespace {

using namespace testing;

Contract with_twin(std::vector<Method> methods) {
  Contract made = with_methods(std::move(methods));
  made.interfaces[0].attributes.push_back(
      attribute(AttributeKind::uuid, "uuid", "6BA7B810-9dad-11d1-80b4-00c04fd430c8"));
  made.interfaces[0].attributes.push_back(
      attribute(AttributeKind::async_uuid, "async_uuid", "6ba7B811-9dad-11d1-80b4-00c04fd430c8"));
  return made;
}

Method inherited(const std::string& name) {
  Method made = method(name, of_void());
  made.declared_in = "home::Device";
  return made;
}

TEST(TwinPlan, IsForThoseWhoAsk) {
  const InterfacePlan plain = planned_from(thermostat()).interfaces[0];
  EXPECT_EQ(plain.twin, std::nullopt);
  EXPECT_EQ(plain.uuid, "");
  const InterfacePlan with = planned_from(with_twin({method("target", of_double())})).interfaces[0];
  EXPECT_EQ(with.uuid, "6ba7b810-9dad-11d1-80b4-00c04fd430c8");
  EXPECT_EQ(with.twin.value().name, "AsyncThermostat");
  EXPECT_EQ(with.twin->uuid, "6ba7b811-9dad-11d1-80b4-00c04fd430c8");
}

TEST(TwinPlan, CallsHalvesAfterTheNameOnTheWire) {
  const TwinPlan twin =
      *planned_from(with_twin({method("add", of_int(), {parameter("a", of_int())}),
                               method("add", of_double(), {parameter("a", of_double())}, {named("add_double")})}))
           .interfaces[0]
           .twin;
  EXPECT_EQ(twin.methods[0], (HalvesPlan{"Begin_add", "Finish_add"}));
  EXPECT_EQ(twin.methods[1], (HalvesPlan{"Begin_add_double", "Finish_add_double"}));
}

TEST(TwinPlan, MirrorsInheritance) {
  Contract derived = with_twin({inherited("reset"), method("target", of_double())});
  derived.interfaces[0].twin_bases = {{.twin = "home::AsyncDevice", .header = "device.h", .is_virtual = true}};
  const Plan planned = planned_from(derived);
  EXPECT_EQ(planned.base_includes, std::vector<std::string>{"device.rpc.h"});
  const TwinPlan& twin = *planned.interfaces[0].twin;
  EXPECT_EQ(twin.bases, std::vector<std::string>{"virtual home::AsyncDevice"});
  EXPECT_TRUE(twin.methods[0].inherited);
  EXPECT_FALSE(twin.methods[1].inherited);

  derived.interfaces[0].twin_bases.push_back({.twin = "home::AsyncClock"});
  EXPECT_FALSE(planned_from(derived).interfaces[0].twin->methods[0].inherited) << "both may have it";
}

TEST(TwinPlan, IncludesWhatIsGeneratedForTheBase) {
  EXPECT_EQ(include_of_base("src/base/device.hpp", "src/home/thermostat.h", ""), "../base/device.rpc.h");
  EXPECT_EQ(include_of_base("./src/home/device.h", "src/home/thermostat.h", ""), "device.rpc.h");
  EXPECT_EQ(include_of_base("/src/base/device.h", "/src/home/thermostat.h", "/build/gen"), "device.rpc.h");
}

}  // namespace
}  // namespace farcall
