// Classes that derive from an interface and lack some of its methods.
#include <gtest/gtest.h>

#include "frontend/fixture.h"

namespace farcall::test {
namespace {

const std::string lamp =
    "struct [[rpc::interface]] Lamp { virtual void turn(bool on) = 0; virtual int level() const = 0; };\n";

/// "home::Hall(turn, level)": each such class with what it lacks.
std::string unfinished(const std::string& header) {
  std::string all;
  for (const Unfinished& each : Parsed(header).contract.unfinished) {
    std::string methods;
    for (const Method& method : each.type.methods)
      if (method.virtuality == Virtual::pure) methods += (methods.empty() ? "" : ", ") + method.name;
    all += (all.empty() ? "" : " ") + each.type.qualified_name + "(" + methods + ")";
  }
  return all;
}

TEST(Unfinished, LacksWhatIsPure) {
  EXPECT_EQ(unfinished(lamp + "struct Hall : Lamp {}; namespace a { struct B : Hall { void turn(bool) override; }; }"),
            "Hall(turn, level) a::B(level)");
}
TEST(Unfinished, IsNoneThatHasAll) {
  EXPECT_EQ(unfinished(lamp + "struct Hall : Lamp { void turn(bool) override; int level() const override; };"), "");
}
TEST(Unfinished, DerivesFromAnInterface) {
  EXPECT_EQ(unfinished("struct Lamp { virtual void turn() = 0; }; struct Hall : Lamp {};"), "");
  EXPECT_EQ(unfinished(lamp + "class Hall : Lamp {}; struct Other;"), "");
}
TEST(Unfinished, IsNoInterfaceItself) {
  EXPECT_EQ(unfinished(lamp + "struct [[rpc::interface]] Hall : Lamp { virtual void dim() = 0; };"), "");
}
TEST(Unfinished, IsNoTemplate) {
  EXPECT_EQ(unfinished(lamp + "template <class T> struct Hall : Lamp {}; using A = Hall<int>;"), "");
}
TEST(Unfinished, AddsNothingToTheContract) {
  const Parsed parsed(
      "struct Size { int a; }; struct Base { virtual void set([[rpc::in]] Size& s) = 0; };"
      "struct Hall : Base {};");
  EXPECT_EQ(parsed.contract.interfaces.size(), 1U);
  EXPECT_EQ(parsed.contract.records.size(), 1U);
  EXPECT_EQ(parsed.contract.unfinished.size(), 1U);
}

TEST(Unfinished, EndsItsPublicPart) {
  const auto end_of = [](const std::string& body) {
    const Parsed parsed(lamp + body);
    return parsed.text(parsed.contract.unfinished.at(0).public_end);
  };
  EXPECT_EQ(end_of("struct Hall : Lamp { int a; «}»;"), "«}»");
  EXPECT_EQ(end_of("class Hall : public Lamp { int a; public: int b; «}»;"), "«}»");
  EXPECT_EQ(end_of("class Hall : public Lamp { public: int b; «private»: int a; };"), "«private»");
  EXPECT_EQ(end_of("class Hall : public Lamp { public: int b; private: int a; public: «protected»: int c; };"),
            "«protected»");
  EXPECT_EQ(end_of("class Hall : public Lamp { public: int b; «private»: int a; protected: int c; };"), "«private»");
  const Parsed none(lamp + "class Hall : public Lamp { int a; };");
  EXPECT_FALSE(none.contract.unfinished.at(0).public_end.known());
}

}  // namespace
}  // namespace farcall::test
