// One signature, declared and defined; what an asynchronous call and a service make of it.
#include "emit/signature.h"

#include <gtest/gtest.h>

#include "plan/contracts.h"

namespace farcall {
namespace {

using namespace testing;

MethodPlan planned(const Method& method) {
  return planned_from(with_methods({method}, {reading()})).interfaces[0].methods[0];
}

MethodPlan range(std::vector<Attribute> attributes = {}) {
  return planned(
      method("range", of_bool(),
             {parameter("sensor", of_text(), Passing::const_reference),
              parameter("in", of_text(), Passing::rvalue_reference), directed("low", of_double(), AttributeKind::out),
              parameter("last", of_record("home::Reading"), Passing::reference)},
             std::move(attributes)));
}

TEST(Signature, TheClientRepeatsTheMethod) {
  EXPECT_EQ(declare(client_signature(range()), 2),
            "bool range(const std::string& sensor, std::string&& in, double& low, home::Reading& last) override;");
  EXPECT_EQ(
      define(client_signature(range()), "ThermostatClient"),
      "bool ThermostatClient::range(const std::string& sensor, std::string&& in_, double& low, home::Reading& last) {");
}

TEST(Signature, AFutureHasTheOutputsAndTheInputsStay) {
  EXPECT_EQ(declare(async_signature(range({async()})), 2),
            "::rpc::Future<std::tuple<bool, double, home::Reading>> async_range(\n"
            "    const std::string& sensor, std::string&& in, const home::Reading& last);");
}

TEST(Signature, ACoroutineTakesValues) {
  EXPECT_EQ(declare(service_signature(range({async()})), 2, "virtual "),
            "virtual ::rpc::Task<std::tuple<bool, double, home::Reading>> range(\n"
            "    std::string sensor, std::string in, home::Reading last) = 0;");
}

TEST(Signature, AServiceHasTheOtherMethodsAsTheyAre) {
  EXPECT_EQ(declare(service_signature(range()), 2, "virtual "),
            "virtual bool range(const std::string& sensor, std::string&& in, double& low, home::Reading& last) = 0;");
}

TEST(Signature, OfHalvesHaveWhatGoesInAndWhatComesBack) {
  const HalvesPlan halves{.begin = "Begin_range", .finish = "Finish_range"};
  EXPECT_EQ(declare(begin_signature(range(), halves), 2),
            "::rpc::Pending Begin_range(const std::string& sensor, std::string&& in, const home::Reading& last);");
  EXPECT_EQ(declare(finish_signature(range(), halves), 2),
            "bool Finish_range(::rpc::Pending, double& low, home::Reading& last);");
  EXPECT_EQ(define_inside(finish_signature(range(), halves), 2),
            "bool Finish_range(::rpc::Pending pending, double& low, home::Reading& last) {");
}

TEST(Signature, KeepsConstAndNoexceptWhereAnOverrideMust) {
  Method method = testing::method("target", type(Text{}, "std::string"));
  method.result_spelling = "const std::string";
  method.is_const = method.is_noexcept = true;
  EXPECT_EQ(declare(client_signature(planned(method)), 2), "const std::string target() const noexcept override;");
  EXPECT_EQ(declare(service_signature(planned(method)), 2), "const std::string target() const = 0;");
  EXPECT_EQ(define(client_signature(planned(method)), "C"), "const std::string C::target() const noexcept {");
}

TEST(Signature, DefaultsStandInTheClientsDeclarationsOnly) {
  Parameter days = parameter("days", of_int());
  days.default_argument = "7";
  const MethodPlan method = planned(testing::method("history", of_int(), {days}, {async()}));
  EXPECT_EQ(declare(client_signature(method), 2), "int history(int days = 7) override;");
  EXPECT_EQ(declare(async_signature(method), 2), "::rpc::Future<int> async_history(int days = 7);");
  EXPECT_EQ(declare(service_signature(method), 2), "::rpc::Task<int> history(int days) = 0;");
  EXPECT_EQ(define(client_signature(method), "C"), "int C::history(int days) {");
}

TEST(Signature, UnnamedParametersStaySo) {
  const MethodPlan method =
      planned(testing::method("f", of_void(), {parameter("", of_int()), parameter("", of_text())}));
  EXPECT_EQ(declare(client_signature(method), 2), "void f(int, std::string) override;");
  EXPECT_EQ(define(client_signature(method), "C"), "void C::f(int argument1, std::string argument2) {");
}

}  // namespace
}  // namespace farcall
