#include <gtest/gtest.h>

#include "check/builders.h"

namespace farcall {
namespace {

Attribute async() { return attribute(Kind::async); }
Attribute maybe() { return attribute(Kind::maybe); }
Attribute message() { return attribute(Kind::message); }

Parameter reference(std::vector<Attribute> attributes = {}) {
  return parameter("x", int32(), Passing::reference, std::move(attributes));
}

TEST(Maybe, IsVoidWithInputs) {
  EXPECT_EQ(judge(thermostat({method("ping", {maybe()})})), "");
  EXPECT_EQ(judge(thermostat({method("ping", {maybe()}).takes(parameter("x", text()))})), "");
  EXPECT_EQ(judge(thermostat({method("ping", {maybe()}).takes(parameter("x", text(), Passing::const_reference))})), "");
  EXPECT_EQ(judge(thermostat({method("ping", {maybe()}).takes(reference({attribute(Kind::in)}))})), "");
  EXPECT_EQ(judge(thermostat({method("ping", {maybe(), attribute(Kind::idempotent)})})), "");
}

TEST(Maybe, HasNoResult) {
  const Contract contract = thermostat({method("ping", {maybe()}).returns(int32())});
  EXPECT_EQ(judge(contract), "maybe-result at result of ping");
  EXPECT_EQ(
      words(contract, "maybe-result"),
      "the result 'int' of a maybe call would be lost: it has no reply; make the result void, or use 'rpc::async'");
  EXPECT_EQ(fixes(contract, "maybe-result"),
            "make the result void: [result of ping] = void\n"
            "replace 'rpc::maybe' by 'rpc::async': [name of rpc::maybe] = async");
}

TEST(Maybe, WritesNothingBack) {
  const Contract contract = thermostat({method("ping", {maybe()}).takes(reference())});
  EXPECT_EQ(judge(contract), "maybe-out at x");
  EXPECT_EQ(fixes(contract, "maybe-out"),
            "make it const: [type of x] += const \n"
            "mark it 'rpc::in': [x] += [[rpc::in]] \n"
            "replace 'rpc::maybe' by 'rpc::async': [name of rpc::maybe] = async");
}

TEST(Maybe, TurnsOutIntoIn) {
  const Contract contract = thermostat({method("ping", {maybe()}).takes(reference({attribute(Kind::out)}))});
  EXPECT_EQ(judge(contract), "maybe-out at x");
  EXPECT_EQ(fixes(contract, "maybe-out"),
            "replace 'rpc::out' by 'rpc::in': [name of rpc::out] = in\n"
            "replace 'rpc::maybe' by 'rpc::async': [name of rpc::maybe] = async");
}

TEST(Maybe, ContradictsAsyncAndShowsBoth) {
  const Contract contract = thermostat({method("ping", {maybe(), async()})});
  EXPECT_EQ(judge(contract), "maybe-async at rpc::async");
  const Finding finding = finding_of(contract, "maybe-async");
  EXPECT_EQ(finding.notes.at(1).where.file, "rpc::maybe");
  EXPECT_EQ(fixes(contract, "maybe-async"),
            "remove 'rpc::async': [removal of rpc::async] = \nremove 'rpc::maybe': [removal of rpc::maybe] = ");
}

TEST(Maybe, ContradictsMessageWhateverTheOrder) {
  EXPECT_EQ(judge(thermostat({method("ping", {maybe(), message()})})), "maybe-message at rpc::message");
  EXPECT_EQ(judge(thermostat({method("ping", {message(), maybe()})})), "maybe-message at rpc::maybe");
}

TEST(Maybe, IsKeptFromAnAsyncClass) {
  Contract contract = thermostat({method("ping", {maybe()}), method("history").returns(int32())});
  contract.interfaces[0].attributes.push_back(async());
  EXPECT_EQ(judge(contract), "");
}

TEST(Message, IsVoidWithInputs) {
  EXPECT_EQ(judge(thermostat({method("record", {message()}).takes(parameter("x", text(), Passing::const_reference))})),
            "");
  EXPECT_EQ(judge(thermostat({method("record", {message()}).returns(int32()).takes(reference())})),
            "message-result at result of record\nmessage-out at x");
}

TEST(Message, ContradictsAsyncAndIdempotent) {
  EXPECT_EQ(judge(thermostat({method("record", {message(), async()})})), "message-extra at rpc::async");
  EXPECT_EQ(judge(thermostat({method("record", {message(), attribute(Kind::idempotent)})})),
            "message-extra at rpc::idempotent");
}

TEST(Message, OwnsItsOptions) {
  EXPECT_EQ(judge(thermostat({method("record", {message(), attribute(Kind::express)})})), "");
  EXPECT_EQ(judge(thermostat({method("ping", {attribute(Kind::express)})})), "option-without-message at rpc::express");
  EXPECT_EQ(judge(thermostat({method("ping", {attribute(Kind::priority, {integer(3)})})})),
            "option-without-message at rpc::priority");
  EXPECT_EQ(judge(thermostat({method("ping", {maybe(), attribute(Kind::time_to_live, {string("3s")})})})),
            "option-without-message at rpc::time_to_live");
}

TEST(Timeout, IsUselessWhereNobodyWaits) {
  const auto with_timeout = [](std::vector<Attribute> attributes) {
    attributes.push_back(attribute(Kind::timeout, {string("3s")}));
    return thermostat({method("ping", std::move(attributes))});
  };
  EXPECT_EQ(judge(with_timeout({maybe()})), "warning: timeout-unused at rpc::timeout");
  EXPECT_EQ(judge(with_timeout({async()})), "");
  EXPECT_EQ(judge(with_timeout({})), "");
}

TEST(Local, ExcludesTheRest) {
  const auto body = [](Method& method) { method.virtuality = Virtual::yes; };
  const auto judged = [&](std::vector<Attribute> attributes) {
    return judge(thermostat({method("target"), method("helper", std::move(attributes)).changed(body)}));
  };
  EXPECT_EQ(judged({attribute(Kind::local)}), "");
  EXPECT_EQ(judged({attribute(Kind::local), async()}), "local-extra at rpc::async");
  EXPECT_EQ(judged({maybe(), attribute(Kind::local)}), "local-extra at rpc::local");
  EXPECT_EQ(judged({attribute(Kind::local), attribute(Kind::name, {string("h")})}), "local-extra at rpc::name");
  EXPECT_EQ(judge(thermostat({method("target"),
                              method("helper", {attribute(Kind::local), maybe()}).returns(int32()).changed(body)})),
            "local-extra at rpc::maybe")
      << "what a maybe method must not have does not matter any more";
}

TEST(Local, ExcludesTheRestOfParametersAndFieldsToo) {
  const auto body = [](Method& method) { method.virtuality = Virtual::yes; };
  MethodBuilder helper =
      method("helper", {attribute(Kind::local)}).takes(reference({attribute(Kind::in)})).changed(body);
  EXPECT_EQ(judge(thermostat({method("target"), helper})), "local-extra at rpc::in");
  Contract contract = taking(record("home::Reading"));
  contract.records = {structure("home::Reading", {field("x", int32())})};
  contract.records[0].local_fields = {field("seen", nothing(), {attribute(Kind::local)})};
  EXPECT_EQ(judge(contract), "");
  contract.records[0].local_fields[0].attributes.push_back(attribute(Kind::name, {string("s")}));
  EXPECT_EQ(judge(contract), "local-extra at rpc::name");
}

TEST(Class, HasAttributesForItsMethods) {
  const auto judged = [](Attribute of_class, std::vector<Attribute> of_method) {
    Contract contract = thermostat({method("ping", std::move(of_method))});
    contract.interfaces[0].attributes = {std::move(of_class)};
    return judge(contract);
  };
  EXPECT_EQ(judged(async(), {}), "");
  EXPECT_EQ(judged(async(), {maybe()}), "warning: async-unused at rpc::async");
  EXPECT_EQ(judged(async(), {async()}), "warning: async-unused at rpc::async");
  EXPECT_EQ(judged(attribute(Kind::timeout, {string("3s")}), {async()}), "");
  EXPECT_EQ(judged(attribute(Kind::timeout, {string("3s")}), {maybe()}), "warning: timeout-unused at rpc::timeout");
}

TEST(Maybe, RunsAnyNumberOfTimes) {
  const auto judged = [](const char* name, std::vector<Attribute> attributes) {
    return judge(thermostat({method(name, std::move(attributes))}));
  };
  for (const char* name : {"add", "add_visitor", "addVisitor", "Add"})
    EXPECT_EQ(judged(name, {maybe()}), std::string("warning: maybe-not-idempotent at ") + name);
  for (const char* name : {"set", "address", "padd", "ADD2", "_"}) EXPECT_EQ(judged(name, {maybe()}), "") << name;
  EXPECT_EQ(judged("add", {maybe(), attribute(Kind::idempotent)}), "");
  EXPECT_EQ(judged("add", {async()}), "");
  EXPECT_EQ(fixes(thermostat({method("add", {maybe()})}), "maybe-not-idempotent"),
            "add 'rpc::idempotent': [rpc::maybe] += , rpc::idempotent\n"
            "replace 'rpc::maybe' by 'rpc::async': [name of rpc::maybe] = async");
}

TEST(Maybe, HasNoOrder) {
  const auto judged = [](const char* first, const char* second) {
    return judge(thermostat({method(first, {maybe()}), method(second, {maybe()})}));
  };
  EXPECT_EQ(judged("begin", "end"), "warning: maybe-order at end");
  EXPECT_EQ(judged("stop_song", "start_song"), "warning: maybe-order at stop_song");
  EXPECT_EQ(judged("openLid", "closeLid"), "warning: maybe-order at closeLid");
  EXPECT_EQ(judged("open_lid", "close_window"), "");
  EXPECT_EQ(judged("open_lid", "close"), "");
  EXPECT_EQ(judged("ping", "pong"), "");
  EXPECT_EQ(fixes(thermostat({method("begin", {maybe()}), method("end", {maybe()})}), "maybe-order"),
            "replace 'rpc::maybe' by 'rpc::async' at both: [name of rpc::maybe] = async [name of rpc::maybe] = async");
}

}  // namespace
}  // namespace farcall
