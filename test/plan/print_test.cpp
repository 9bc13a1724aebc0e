// What --print=plan shows.
#include <gtest/gtest.h>

#include "plan/contracts.h"

namespace farcall {
namespace {

using namespace testing;

TEST(PrintPlan, SaysEverythingThatWasDecided) {
  EXPECT_EQ(print(planned_from(thermostat())),
            R"(header thermostat.h included as "thermostat.h"
writes thermostat.rpc.h
writes thermostat.rpc.cpp
source includes <rpc/outgoing.h>
source includes <rpc/skeleton.h>
source includes <rpc/tagged/codec.h>
source includes <rpc/tagged/sequence.h>
source includes <rpc/wire/codec.h>
source includes <rpc/wire/sequence_codec.h>
source includes <utility>
interface home::Thermostat as "home::Thermostat"
  fingerprint 0xac6746b10293417b
  client ThermostatClient, derives
  service ThermostatService
  method 0 double target()
    wire name target, number 1, helpers target, timeout default
    mode call, overrides
    arguments, at least 0 bytes
    reply double, at least 8 bytes
      fixed  result: float64
      tag 1  result: float64
  method 1 std::vector<home::Reading> history(std::string sensor, int days)
    wire name history, number 2, helpers history, timeout default
    mode async, as async_history, overrides
    parameter sensor: std::string, in
    parameter days: int, in
    arguments, at least 5 bytes
      fixed  days: int32
      then   sensor: text
      tag 1  sensor: text
      tag 2  days: int32
    reply std::vector<home::Reading>, at least 1 bytes
      then   result: list<record home::Reading>
      tag 1  result: list<record home::Reading>
  method 2 void heartbeat(std::string node)
    wire name heartbeat, number 3, helpers heartbeat, timeout default, idempotent
    mode maybe, overrides
    parameter node: std::string, in
    arguments, at least 1 bytes
      then   node: text
      tag 1  node: text
    reply void, at least 0 bytes
record home::Reading, at least 9 bytes
  fixed  value.celsius: float64
  then   value.sensor: text
  tag 1  value.sensor: text
  tag 2  value.celsius: float64
)");
}

}  // namespace
}  // namespace farcall
