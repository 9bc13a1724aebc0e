// The client: its class and its members.
#include <gtest/gtest.h>

#include "emit/artefacts.h"
#include "plan/contracts.h"

namespace farcall {
namespace {

using namespace testing;

bool contains(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

InterfacePlan planned(const Contract& contract) { return planned_from(contract).interfaces[0]; }

TEST(Client, IsAnImplementationOfItsInterface) {
  EXPECT_EQ(
      client_class(planned(thermostat())),
      R"(/// The client of Thermostat: what is called on it happens in a server. Any number of threads may use one.
class ThermostatClient final : public Thermostat {
 public:
  explicit ThermostatClient(::rpc::Channel channel, ::rpc::CallOptions options = {});

  /// The same client with other options, for one call or many.
  ThermostatClient with(::rpc::CallOptions options) const;

  double target() override;
  std::vector<home::Reading> history(std::string sensor, int days) override;
  ::rpc::Future<std::vector<home::Reading>> async_history(std::string sensor, int days);
  void heartbeat(std::string node) override;

 private:
  explicit ThermostatClient(::rpc::Stub stub);

  ::rpc::Stub stub_;
};
)");
}

TEST(Client, OfAClassThatIsNotVirtualHasItsMembers) {
  Contract plain = thermostat();
  plain.interfaces[0].is_polymorphic = plain.interfaces[0].is_abstract = false;
  for (Method& method : plain.interfaces[0].methods) {
    method.virtuality = Virtual::no;
    method.is_noexcept = true;
  }
  const std::string text = client_class(planned(plain));
  EXPECT_TRUE(contains(text, "class ThermostatClient final {\n"));
  EXPECT_TRUE(contains(text, "  double target();\n"));
}

TEST(Client, CarriesTheUsersCommentsOver) {
  Contract documented = thermostat();
  documented.interfaces[0].methods[1].doc = "What was measured.\n\nThe oldest first.\n";
  EXPECT_TRUE(contains(
      client_class(planned(documented)),
      "  double target() override;\n\n  /// What was measured.\n  ///\n  /// The oldest first.\n  std::vector"));
}

TEST(Client, ShowsLocalOverloads) {
  Method local =
      method("target", of_void(), {parameter("celsius", of_double())}, {attribute(AttributeKind::local, "local")});
  local.virtuality = Virtual::yes;
  EXPECT_TRUE(contains(client_class(planned(with_methods({method("target", of_double()), local}))),
                       "const;\n\n  using Thermostat::target;\n  double target() override;\n"));
}

TEST(Client, WaitsStartsOrForgets) {
  const std::string text = client_members(planned(thermostat()));
  EXPECT_TRUE(contains(text, R"(
double ThermostatClient::target() {
  ::rpc::Outgoing call = stub_.call(0);
  return call.wait<double>();
}

std::vector<home::Reading> ThermostatClient::history(std::string sensor, int days) {
  ::rpc::Outgoing call = stub_.call(1);
  ThermostatMarshalling::write_history_arguments(call.arguments(), sensor, days);
  return call.wait<std::vector<home::Reading>>();
}

::rpc::Future<std::vector<home::Reading>> ThermostatClient::async_history(std::string sensor, int days) {
  ::rpc::Outgoing call = stub_.call(1);
  ThermostatMarshalling::write_history_arguments(call.arguments(), sensor, days);
  return call.start<std::vector<home::Reading>>();
}

void ThermostatClient::heartbeat(std::string node) {
  ::rpc::Outgoing call = stub_.call(2);
  ThermostatMarshalling::write_heartbeat_arguments(call.arguments(), node);
  call.send_maybe();
}
)")) << text;
}

TEST(Client, PutsOutputsWhereTheCallerWantsThem) {
  const Parameter low = directed("low", of_double(), AttributeKind::out);
  const std::string with_result = client_members(planned(with_methods({method("range", of_bool(), {low})})));
  EXPECT_TRUE(
      contains(with_result,
               "  bool result{};\n  std::tie(result, low) = call.wait(&ThermostatMarshalling::read_range_reply);\n"
               "  return result;\n"));
  const std::string without = client_members(planned(with_methods({method("range", of_void(), {low})})));
  EXPECT_TRUE(contains(without, "  std::tie(low) = call.wait(&ThermostatMarshalling::read_range_reply);\n}\n"));
}

TEST(Client, FindsTheRightStd) {
  Contract contract = with_methods({method("range", of_bool(), {directed("low", of_text(), AttributeKind::out)})});
  contract.types_in_scope = {"home::std"};
  const std::string text = client_members(planned(contract));
  EXPECT_TRUE(contains(text, "::std::tie(result, low)"));
  EXPECT_TRUE(contains(text, "stub_(::std::move(stub))"));
}

}  // namespace
}  // namespace farcall
