// Completion handles: which types can be called back through, and what a method with one gives.
#include <gtest/gtest.h>

#include "frontend/fixture.h"

namespace farcall::test {
namespace {

const std::string handle_types = R"(
  namespace rpc { template <class T> class Reply; template <class T> class Result; }
  namespace std { template <class F> class function; }
  using Number = int;
  struct Matrix { double x; };
)";

/// The parameters of X::m.
Method method_with(const std::string& parameters) {
  return Parsed(handle_types + "struct X { virtual void m(" + parameters + "); };").interface().methods.at(0);
}

/// "reply int, int" for a handle that carries an int, behind one other parameter: its form, T as written, the others.
std::string handle_of(const Method& method) {
  if (!method.handle) return "none";
  std::string text = method.handle->parameter.completion->form == HandleForm::reply ? "reply " : "function ";
  text += method.result.spelling;
  for (const Parameter& each : method.parameters) text += ", " + each.name;
  return text + " at " + std::to_string(method.handle->position);
}
std::string taken(const std::string& parameters) { return handle_of(method_with(parameters)); }

TEST(Handles, AreRepliesAndFunctions) {
  EXPECT_EQ(taken("[[rpc::async]] rpc::Reply<int> done"), "reply int at 0");
  EXPECT_EQ(taken("int a, [[rpc::async]] rpc::Reply<Number>&& done, int b"), "reply Number, a, b at 1");
  EXPECT_EQ(taken("int a, [[rpc::async]] std::function<void(rpc::Result<Matrix>)> done"), "function Matrix, a at 1");
  EXPECT_EQ(taken("[[rpc::async]] const std::function<void(const rpc::Result<void>&)>& done"), "function void at 0");
  EXPECT_EQ(taken("[[rpc::async]] std::function<void(rpc::Result<int>&&)> done"), "function int at 0");
}

TEST(Handles, AreFoundThroughAliases) {
  const Parsed parsed(handle_types +
                      "using Done = rpc::Reply<Number>; using Callback = std::function<void(rpc::Result<int>)>;"
                      "struct X { void m([[rpc::async]] Done a); void n([[rpc::async]] Callback b); };");
  EXPECT_EQ(handle_of(parsed.interface().methods.at(0)), "reply Number at 0");
  EXPECT_EQ(parsed.interface().methods.at(0).handle->parameter.type.spelling, "Done");
  EXPECT_EQ(handle_of(parsed.interface().methods.at(1)), "function int at 0");
  EXPECT_EQ(
      method_with("[[rpc::async]] std::function<void(const rpc::Result<int>&)> f").handle->parameter.type.spelling,
      "std::function<void(const rpc::Result<int>&)>");
}

TEST(Handles, AreNothingElse) {
  EXPECT_EQ(taken("[[rpc::async]] int done"), "none");
  EXPECT_EQ(taken("[[rpc::async]] rpc::Result<int> done"), "none");
  EXPECT_EQ(taken("[[rpc::async]] rpc::Reply<const int> done"), "none");
  EXPECT_EQ(taken("[[rpc::async]] std::function<int(rpc::Result<int>)> done"), "none");
  EXPECT_EQ(taken("[[rpc::async]] std::function<void(rpc::Result<int>&)> done"), "none");
  EXPECT_EQ(taken("[[rpc::async]] std::function<void(rpc::Result<int>, int)> done"), "none");
  EXPECT_EQ(taken("[[rpc::async]] std::function<void(int)> done"), "none");
  EXPECT_EQ(taken("[[rpc::in]] int a, rpc::Reply<int> done"), "none") << "nobody said so";
}

TEST(Handles, DoNotTravel) {
  const Parsed parsed(handle_types + "struct X { void m([[rpc::async]] rpc::Reply<Matrix> done); };");
  ASSERT_EQ(parsed.contract.records.size(), 1U);
  EXPECT_EQ(parsed.contract.records[0].name, "Matrix");
  const Method unmarked = method_with("[[rpc::in]] int a, rpc::Reply<int> done");
  EXPECT_TRUE(std::holds_alternative<Unsupported>(unmarked.parameters.at(1).type.form));
}

TEST(Handles, ComeOnlyOnceAndWithoutAResult) {
  const Method two = method_with("[[rpc::async]] rpc::Reply<int> a, [[rpc::async]] rpc::Reply<int> b");
  EXPECT_EQ(handle_of(two), "reply int, b at 0");
  const Parsed parsed(handle_types + "struct X { bool m([[rpc::async]] rpc::Reply<int> done); };");
  const Method& both = parsed.interface().methods.at(0);
  EXPECT_TRUE(both.handle->beside_result);
  EXPECT_EQ(both.result.spelling, "bool");
  EXPECT_TRUE(method_with("[[rpc::async]] rpc::Reply<int&> done").handle->parameter.completion->of_reference);
}

TEST(Handles, StayThoseOfTheOverriddenMethod) {
  const Parsed parsed(handle_types +
                      "struct A { virtual void m(int a, [[rpc::async]] rpc::Reply<int> done) = 0; };"
                      "struct [[rpc::interface]] B : A { void m(int a, rpc::Reply<int> done) override = 0; };");
  const Interface& derived = parsed.contract.interfaces.at(1);
  EXPECT_EQ(handle_of(derived.methods.at(0)), "reply int, a at 1");
}

TEST(Handles, DependOnThePlatformAsTheirValuesDo) {
  const Method method = method_with("[[rpc::async]] rpc::Reply<long> done");
  ASSERT_EQ(method.platform_types.size(), 1U);
  EXPECT_EQ(method.platform_types[0].spelling, "long");
}

}  // namespace
}  // namespace farcall::test
