// farcallctl against a server of generated code, whose header it has never seen: every type of the interface, there and
// back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rpc/server.h>

#include <memory>
#include <string>

#include "ctl/program.h"
#include "e2e/servers.h"

namespace e2e {
namespace {

using farcall::ctl::test::CtlRun;
using farcall::ctl::test::run_ctl;
using testing::HasSubstr;

class FarcallctlCalls : public testing::Test {
 protected:
  FarcallctlCalls() {
    server.serve<Everything>(std::make_shared<Plain>());
    url = server.listen("unix:" + folder.path("s"));
  }

  CtlRun call(const std::string& method, const std::string& arguments = "") const {
    return run_ctl("call " + url + " e2e.everything." + method + (arguments.empty() ? "" : " -"), arguments);
  }

  /// A method that gives back what it was given.
  void expect_echo(const std::string& method, const std::string& value) const {
    const CtlRun run = call(method, "[" + value + "]");
    EXPECT_EQ(run.err, "");
    EXPECT_EQ(run.out, value + "\n");
  }

  farcall::Folder folder;
  rpc::Server server{{.reflection = true}};
  std::string url;
};

TEST_F(FarcallctlCalls, Numbers) {
  expect_echo("scalars",
              R"({"yes":true,"letter":-1,"small":-128,"byte_sized":255,"s":-32768,"us":65535,"i":-2147483648,)"
              R"("u":4294967295,"l":-9223372036854775808,"ul":18446744073709551615,"ll":9223372036854775807,)"
              R"("ull":9007199254740993,"f":0.1,"d":-1e+300,"raw":7,"c8":200,"c16":65535,"c32":1114111,)"
              R"("colour":"green","level":"low","access":"read|run","no":false})");
  expect_echo("doubles", R"([1.5,"NaN","Infinity","-Infinity",-0.0])");
}

TEST_F(FarcallctlCalls, Times) {
  expect_echo(
      "times",
      R"({"timeout":"90s","minutes":1.5,"pause":"-250ms","at":"2026-01-31T12:00:00.000001Z","day":"2024-02-29"})");
}

TEST_F(FarcallctlCalls, Containers) {
  expect_echo("containers",
              R"({"numbers":[1,-2],"words":["a",""],"points":[{"x":1.0,"y":2.0}],"rows":["AQI=",""],)"
              R"("vector3":[0.5,1.0,2.0],"both":["a","b"],"switches":[true,false,true],"ages":{"ann":7},)"
              R"("names":{"-1":"x"},"palette":["red","blue"],"tags":["t"],"maybe_numbers":[1],"twice":[null],)"
              R"("pair":[1,"a"],"nothings":[{}],"mixed":[[true,"green"]],"deep":{"a":{"b":{"e2e::Named":{"name":"n"},)"
              R"("corners":[{"at":{"x":0.0,"y":0.0},"note":null}],"fill":null,"centre":null,"closed":true}}}})");
}

TEST_F(FarcallctlCalls, ChoicesAndObjects) {
  EXPECT_EQ(call("either", "[true]").out, "{\"e2e::Point\":{\"x\":1.0,\"y\":2.0}}\n");
  EXPECT_EQ(call("either", "[false]").out, "{\"text\":\"no point\"}\n");
  expect_echo("tree", R"({"label":"a","children":[{"label":"b","children":[]}]})");
  EXPECT_EQ(call("attempt", "[true]").out, "{\"value\":null}\n");
  EXPECT_EQ(call("attempt", "[false]").out, "{\"error\":\"no luck\"}\n");
  EXPECT_EQ(call("largest", "[[3,9,5]]").out, "[5,3]\n");
}

// Of what is not written out above: what describe suggests can be called.
TEST_F(FarcallctlCalls, WhatDescribeSuggests) {
  for (const char* method :
       {"more_containers", "json", "node", "shared", "library", "shape", "empty", "shadows", "text"}) {
    const std::string text = run_ctl("describe " + url + " e2e.everything." + method).out;
    const std::size_t at = text.rfind("\nfarcallctl ");
    ASSERT_NE(at, std::string::npos) << text;
    const CtlRun run = run_ctl(text.substr(at + 12, text.size() - at - 13));
    EXPECT_EQ(run.status, 0) << text.substr(at) << run.err;
  }
}

// The method gives back b, a and b.
TEST_F(FarcallctlCalls, ObjectsThatAreSharedArriveShared) {
  const std::string node = R"({"number":7,"next":null,"links":[null],"places":{"here":{"x":1.0,"y":2.0}}})";
  EXPECT_EQ(call("shared", R"({"a":{"$shared":"n","value":)" + node + R"(},"b":{"$shared":"n"}})").out,
            R"([{"$shared":0,"value":)" + node + R"(},{"$shared":0},{"$shared":0}])" + "\n");
  EXPECT_EQ(call("shared", R"({"a":null,"b":)" + node + "}").out,
            R"([{"$shared":0,"value":)" + node + R"(},null,{"$shared":0}])" + "\n");
}

TEST_F(FarcallctlCalls, FailuresAndDefaults) {
  EXPECT_THAT(call("fail", "[0]").err, HasSubstr("e2e.everything.fail threw std::out_of_range: no element 7"));
  EXPECT_EQ(call("nothing").out, "null\n");
  EXPECT_EQ(call("add", R"({"a":40})").out, "42\n");
  EXPECT_EQ(call("add_text", R"(["a","b"])").out, "\"ab\"\n");
  EXPECT_EQ(call("unnamed", R"({"argument1":6,"argument2":7})").out, "42\n");
  EXPECT_THAT(call("only_here").err, HasSubstr("e2e.everything has no method 'only_here'"));
  EXPECT_EQ(call("hint", "[1]").out, "sent\n");
}

}  // namespace
}  // namespace e2e
