// Completion handles, and asynchronous twins.
#include <gtest/gtest.h>

#include "check/builders.h"

namespace farcall {
namespace {

constexpr const char* first_id = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
constexpr const char* second_id = "6ba7b811-9dad-11d1-80b4-00c04fd430c8";

Parameter handle(Passing passing = Passing::value, HandleForm form = HandleForm::reply) {
  Parameter made = parameter("done", pointer(), passing, {attribute(Kind::async)});
  made.completion = Completion{.form = form, .result = int32()};
  return made;
}

/// What the frontend makes of a method that takes it last.
MethodBuilder completes(MethodBuilder method, Parameter done = handle()) {
  method.handle = Handle{.parameter = std::move(done), .position = method.parameters.size()};
  method.result = int32();
  return method;
}

std::string judge_handles(MethodBuilder method) { return judge(thermostat({std::move(method)})); }

TEST(Handles, CarryAResultOrNothing) {
  EXPECT_EQ(judge_handles(completes(method("sum"))), "");
  MethodBuilder closes = completes(method("close"));
  closes.result = nothing();
  EXPECT_EQ(judge_handles(closes), "");
  MethodBuilder sum = completes(method("sum"));
  sum.is_noexcept = true;
  EXPECT_EQ(judge_handles(sum), "") << "every failure comes through the handle";
}

TEST(Handles, CarryValuesThatCanTravel) {
  MethodBuilder sum = completes(method("sum"));
  sum.result = pointer();
  EXPECT_EQ(judge_handles(sum), "unsupported-type at type of done");
  sum.handle->parameter.completion->of_reference = true;
  sum.result = int32();
  EXPECT_EQ(judge_handles(sum), "result-reference at type of done");
}

TEST(Handles, AreTheServersOwn) {
  const auto judge_passing = [](Passing passing, HandleForm form) {
    return judge_handles(completes(method("sum"), handle(passing, form)));
  };
  EXPECT_EQ(judge_passing(Passing::rvalue_reference, HandleForm::reply), "");
  EXPECT_EQ(judge_passing(Passing::const_reference, HandleForm::function), "") << "it can be copied";
  EXPECT_EQ(judge_passing(Passing::const_reference, HandleForm::reply), "async-param-dir at type of done");
  EXPECT_EQ(judge_passing(Passing::reference, HandleForm::function), "async-param-dir at type of done");
  EXPECT_EQ(fixes(thermostat({completes(method("sum"), handle(Passing::reference))}), "async-param-dir"),
            "take it by value: [type of done] = int *");
  Parameter inwards = handle();
  inwards.attributes.push_back(attribute(Kind::in));
  EXPECT_EQ(judge_handles(completes(method("sum"), inwards)), "direction-without-reference at rpc::in");
}

TEST(Handles, AreOfATypeThatCanBeCalled) {
  Parameter other = handle();
  other.completion.reset();
  EXPECT_EQ(judge_handles(method("sum").takes(other)), "async-param-type at type of done");
}

TEST(Handles, CarryAllThatComesBack) {
  MethodBuilder twice = completes(method("sum"));
  twice.handle->beside_result = true;
  twice.result_spelling = "int";
  EXPECT_EQ(judge_handles(twice), "async-param-result at result of sum");
  EXPECT_EQ(fixes(thermostat({twice}), "async-param-result"), "make the result void: [result of sum] = void");
  const auto rest = [](std::vector<Attribute> attributes) {
    return parameter("rest", int32(), Passing::reference, std::move(attributes));
  };
  EXPECT_EQ(judge_handles(completes(method("sum")).takes(rest({}))), "async-dangling-out at rest");
  EXPECT_EQ(judge_handles(completes(method("sum")).takes(rest({attribute(Kind::in)}))), "");
  EXPECT_EQ(fixes(thermostat({completes(method("sum")).takes(rest({attribute(Kind::out)}))}), "async-dangling-out"),
            "replace 'rpc::out' by 'rpc::in': [name of rpc::out] = in");
}

TEST(Handles, AreAloneAndAMode) {
  Parameter other = handle();
  other.name = "again";
  EXPECT_EQ(judge_handles(completes(method("sum")).takes(other)), "async-twice at rpc::async");
  const auto with = [](Kind mode) { return completes(method("sum", {attribute(mode)})); };
  EXPECT_EQ(judge_handles(with(Kind::async)), "async-twice at rpc::async");
  EXPECT_EQ(judge_handles(with(Kind::maybe)), "maybe-async at rpc::async");
  EXPECT_EQ(judge_handles(with(Kind::message)), "message-extra at rpc::async");
}

TEST(Handles, AreNotWhatTheModeOfAClassIsFor) {
  Contract contract = thermostat({completes(method("sum"))});
  contract.interfaces[0].attributes = {attribute(Kind::async)};
  EXPECT_EQ(judge(contract), "warning: async-unused at rpc::async");
  contract.interfaces[0].methods.push_back(method("target"));
  EXPECT_EQ(judge(contract), "");
}

Contract with_twin(std::vector<MethodBuilder> methods) {
  Contract contract = thermostat(std::move(methods));
  contract.interfaces[0].attributes = {attribute(Kind::uuid, {string(first_id)}),
                                       attribute(Kind::async_uuid, {string(second_id)})};
  return contract;
}

TEST(Twins, MirrorAnInterface) {
  EXPECT_EQ(judge(with_twin({method("target"), method("history", {attribute(Kind::async)})})), "");
}

TEST(Twins, MirrorVirtualMethods) {
  Contract contract = with_twin({method("target").changed([](Method& m) { m.virtuality = Virtual::no; })});
  contract.interfaces[0].is_polymorphic = contract.interfaces[0].is_abstract = false;
  EXPECT_EQ(judge(contract), "auuid-not-interface at rpc::async_uuid");
}

TEST(Twins, DeriveFromTwins) {
  Contract contract = with_twin({method("target")});
  contract.interfaces[0].bases = {"home::Device"};
  EXPECT_EQ(judge(contract), "");
  contract.interfaces[0].bases_without_twin = {"home::Device"};
  EXPECT_EQ(judge(contract), "auuid-base at rpc::async_uuid");
}

TEST(Twins, AreNoBases) {
  Contract contract = thermostat({method("target")});
  contract.interfaces[0].bases = contract.interfaces[0].bases_as_twins = {"home::AsyncDevice"};
  EXPECT_EQ(judge(contract), "auuid-derive-async at Thermostat");
}

TEST(Twins, OverrideWhatTheirBasesHave) {
  const auto with_override = [] {
    return method("target").changed([](Method& m) {
      m.declared_in = "home::Device";
      m.unlike_base = "its name on the wire";
    });
  };
  EXPECT_EQ(judge(thermostat({with_override()})), "") << "it concerns twins only";
  EXPECT_EQ(judge(with_twin({with_override()})), "auuid-override at target");
  EXPECT_EQ(
      words(with_twin({with_override()}), "auuid-override"),
      "the override 'target' changes its name on the wire, but inherits its halves of the twin from 'home::Device'; "
      "leave that as it is in 'home::Device'");
}

TEST(Twins, HaveNoHandles) { EXPECT_EQ(judge(with_twin({completes(method("sum"))})), "auuid-handle at done"); }

TEST(Twins, WaitForAnEnd) {
  EXPECT_EQ(judge(with_twin({method("ping", {attribute(Kind::maybe)})})), "auuid-maybe at rpc::maybe");
  EXPECT_EQ(words(with_twin({method("ping", {attribute(Kind::maybe)})}), "auuid-maybe"),
            "'ping' has no end that its half 'Finish_ping' of the asynchronous twin could wait for; "
            "move it to an interface of its own, or remove 'rpc::maybe'");
}

TEST(Twins, HaveANameThatIsFree) {
  Contract contract = with_twin({method("target")});
  contract.types_in_scope = {"AsyncThermostat"};
  EXPECT_EQ(judge(contract), "");
  for (const char* taken :
       {"home::AsyncThermostat", "home::AsyncThermostatClient", "home::AsyncThermostatMarshalling"}) {
    contract.types_in_scope = {taken};
    EXPECT_EQ(judge(contract), "name-clash at Thermostat") << taken;
  }
  EXPECT_EQ(judge(with_twin({method("async_twin")})), "name-clash at async_twin");
  EXPECT_EQ(judge(thermostat({method("async_twin")})), "");
}

TEST(Uuids, ComeInPairs) {
  Contract contract = with_twin({method("target")});
  contract.interfaces[0].attributes.erase(contract.interfaces[0].attributes.begin());
  EXPECT_EQ(judge(contract), "auuid-no-uuid at rpc::async_uuid");
  const std::string offered = fixes(contract, "auuid-no-uuid");
  EXPECT_EQ(offered, "add 'rpc::uuid': [rpc::async_uuid] += rpc::uuid(\"" +
                         offered.substr(offered.find("(\"") + 2, 36) + "\"), ");
  EXPECT_TRUE(parse_uuid(offered.substr(offered.find("(\"") + 2, 36)).value);
}

TEST(Uuids, IdentifyOneThing) {
  Contract contract = with_twin({method("target")});
  contract.interfaces[0].attributes[1].arguments = {string(first_id)};
  EXPECT_EQ(judge(contract), "duplicate-uuid at argument");
  EXPECT_EQ(
      words(contract, "duplicate-uuid"),
      std::string("the UUID ") + first_id + " is already that of 'Thermostat'; the command uuidgen makes a new one");
}

}  // namespace
}  // namespace farcall
