// Attributes with their arguments and places, on the declarations they belong to.

#include <gtest/gtest.h>

#include "frontend/fixture.h"
#include "model/attributes.h"

namespace farcall::test {
namespace {

/// The attributes of the method m of class X.
std::string on_method(const std::string& list) {
  return attributes(Parsed("struct X { " + list + " void m(); };").method("m").attributes);
}

std::string on_class(const std::string& list) {
  return attributes(Parsed("class " + list + " X {};").interface().attributes);
}

std::string on_parameter(const std::string& list) {
  return attributes(Parsed("struct X { void m(" + list + " int& p); };").method("m").parameters.at(0).attributes);
}

TEST(Attributes, EveryOneIsReadOnAMethod) {
  for (const AttributeSpec& spec : attribute_table()) {
    const std::string name = "rpc::" + std::string(spec.name);
    EXPECT_EQ(on_method("[[" + name + "]]"), name);
    EXPECT_EQ(on_method("[[" + name + "(\"a\", 5)]]"), name + "(\"a\", 5)");
  }
}

TEST(Attributes, EveryOneIsReadOnAClass) {
  for (const AttributeSpec& spec : attribute_table()) {
    const std::string name = "rpc::" + std::string(spec.name);
    EXPECT_EQ(on_class("[[" + name + "]]"), name);
  }
}

TEST(Attributes, EveryOneIsReadOnAParameter) {
  for (const AttributeSpec& spec : attribute_table()) {
    const std::string name = "rpc::" + std::string(spec.name);
    EXPECT_EQ(on_parameter("[[" + name + "]]"), name);
  }
}

TEST(Attributes, WithoutScopeIsTold) {
  for (const AttributeSpec& spec : attribute_table()) {
    const std::string name(spec.name);
    const Parsed parsed("struct X { [[" + name + "(\"a\")]] void m(); };");
    EXPECT_EQ(attributes(parsed.method("m").attributes), name + "(\"a\")");
    EXPECT_FALSE(parsed.method("m").attributes.at(0).scoped);
  }
}

TEST(Attributes, SeveralInOneList) {
  EXPECT_EQ(on_method("[[rpc::async, rpc::timeout(\"1s\")]]"), "rpc::async, rpc::timeout(\"1s\")");
}
TEST(Attributes, SeveralLists) {
  EXPECT_EQ(on_method("[[rpc::async]] [[rpc::idempotent]]"), "rpc::async, rpc::idempotent");
}
TEST(Attributes, CommonScope) {
  EXPECT_EQ(on_method("[[using rpc: async, timeout(\"1s\")]]"), "rpc::async, rpc::timeout(\"1s\")");
}
TEST(Attributes, Twice) { EXPECT_EQ(on_method("[[rpc::async, rpc::async]]"), "rpc::async, rpc::async"); }
TEST(Attributes, BehindTheDeclarator) {
  EXPECT_EQ(attributes(Parsed("struct X { void m [[rpc::async]] (); };").method("m").attributes), "rpc::async");
}
TEST(Attributes, OthersAreLeftAlone) { EXPECT_EQ(on_method("[[nodiscard, gnu::cold, rpc::async]]"), "rpc::async"); }
TEST(Attributes, OtherScopesAreLeftAlone) { EXPECT_EQ(on_method("[[acme::async, rpc::maybe]]"), "rpc::maybe"); }
TEST(Attributes, AnAnnotationIsNotOne) {
  EXPECT_EQ(on_method("[[clang::annotate(\"rpc::async\"), rpc::maybe]]"), "rpc::maybe");
}

TEST(Attributes, EmptyParentheses) { EXPECT_EQ(on_method("[[rpc::name()]]"), "rpc::name"); }
TEST(Attributes, JoinedStrings) { EXPECT_EQ(on_method("[[rpc::name(\"a\" \"b\")]]"), "rpc::name(\"ab\")"); }
TEST(Attributes, RawStrings) { EXPECT_EQ(on_method("[[rpc::name(R\"(a\"b)\")]]"), "rpc::name(\"a\"b\")"); }
TEST(Attributes, NegativeNumbers) { EXPECT_EQ(on_method("[[rpc::priority(-1)]]"), "rpc::priority(-1)"); }
TEST(Attributes, ConstantExpressions) { EXPECT_EQ(on_method("[[rpc::priority(1 + 2)]]"), "rpc::priority(3)"); }
TEST(Attributes, OtherExpressions) {
  EXPECT_EQ(on_method("[[rpc::priority(1.5)]]"), "rpc::priority(other 1.5)");
  EXPECT_EQ(on_method("[[rpc::priority(true)]]"), "rpc::priority(other true)");
  EXPECT_EQ(on_method("[[rpc::name(L\"x\")]]"), "rpc::name(other L\"x\")");
}

TEST(Attributes, FromMacros) {
  const Parsed parsed(
      "#define FAST [[rpc::async]]\n#define NAME(x) rpc::name(x)\n"
      "struct X { FAST void a(); [[NAME(\"c\")]] void b(); };");
  EXPECT_EQ(attributes(parsed.method("a").attributes), "rpc::async");
  EXPECT_EQ(attributes(parsed.method("b").attributes), "rpc::name(\"c\")");
}

TEST(Attributes, OnEveryDeclarationOfAClass) {
  EXPECT_EQ(attributes(Parsed("class [[rpc::interface]] X; class [[rpc::async]] X {};").interface().attributes),
            "rpc::interface, rpc::async");
}

/// Where the attribute of method m is, its name, and what removes it.
struct Place {
  std::string where, name, removal;
};
Place place(std::string_view header) {
  const Parsed parsed(header);
  const Attribute& attribute = parsed.method("m").attributes.at(0);
  return {parsed.text(attribute.where), parsed.text(attribute.name_where), parsed.text(attribute.removal)};
}

TEST(AttributePlaces, Where) { EXPECT_EQ(place("struct X { [[«rpc::async»]] void m(); };").where, "«rpc::async»"); }
TEST(AttributePlaces, WhereWithArguments) {
  EXPECT_EQ(place("struct X { [[a, «rpc::name(\"b\")»]] void m(); };").where, "«rpc::name(\"b\")»");
}
TEST(AttributePlaces, Name) { EXPECT_EQ(place("struct X { [[rpc::«name»(\"b\")]] void m(); };").name, "«name»"); }
TEST(AttributePlaces, NameInCommonScope) {
  EXPECT_EQ(place("struct X { [[using rpc: «async»]] void m(); };").name, "«async»");
}
TEST(AttributePlaces, NameWithoutScope) { EXPECT_EQ(place("struct X { [[«async»]] void m(); };").name, "«async»"); }
TEST(AttributePlaces, RemovalOfTheList) {
  EXPECT_EQ(place("struct X { «[[rpc::async]] »void m(); };").removal, "«[[rpc::async]] »");
}
TEST(AttributePlaces, RemovalWithComma) {
  EXPECT_EQ(place("struct X { [[«rpc::async, »a]] void m(); };").removal, "«rpc::async, »");
}
TEST(AttributePlaces, RemovalOfTheLast) {
  EXPECT_EQ(place("struct X { [[a«, rpc::async»]] void m(); };").removal, "«, rpc::async»");
}

TEST(AttributePlaces, AMacroIsTheAttribute) {
  const Place found = place("#define FAST [[rpc::async]]\nstruct X { «FAST» void m(); };");
  EXPECT_EQ(found.where, "«FAST»");
  EXPECT_EQ(found.name, "nowhere");
  EXPECT_EQ(found.removal, "«FAST»");
}
TEST(AttributePlaces, AMacroInTheList) {
  const Place found = place("#define FAST rpc::async\nstruct X { «[[FAST]] »void m(); };");
  EXPECT_EQ(found.where, "FAST");
  EXPECT_EQ(found.name, "nowhere");
  EXPECT_EQ(found.removal, "«[[FAST]] »");
}
TEST(AttributePlaces, AMacroThatBringsMoreIsNotRemoved) {
  const Place found = place("#define FAST [[rpc::async]] virtual\nstruct X { «FAST» void m(); };");
  EXPECT_EQ(found.where, "«FAST»");
  EXPECT_EQ(found.removal, "nowhere");
}
TEST(AttributePlaces, AnArgumentOfAMacro) {
  EXPECT_EQ(place("#define WITH(x) [[x]]\nstruct X { WITH(«rpc::async») void m(); };").removal, "nowhere");
}
TEST(AttributePlaces, ArgumentsOfTheAttribute) {
  const Parsed parsed("struct X { [[rpc::name(«\"b\"»)]] void m(); };");
  EXPECT_EQ(parsed.text(parsed.method("m").attributes.at(0).arguments.at(0).where), "«\"b\"»");
}

}  // namespace
}  // namespace farcall::test
