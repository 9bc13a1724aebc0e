// Misspelt attributes, which Clang drops, are found wherever they stand and however they got there.

#include <gtest/gtest.h>

#include "frontend/fixture.h"

namespace farcall::test {
namespace {

std::string on_a_method(const std::string& list) { return strays("struct X { " + list + " void m(); };"); }

constexpr const char* asinc = "rpc::asinc on a declaration";

TEST(Unknown, OnAMethod) { EXPECT_EQ(on_a_method("[[rpc::asinc]]"), asinc); }
TEST(Unknown, OnAClass) { EXPECT_EQ(strays("class [[rpc::asinc]] X {};"), asinc); }
TEST(Unknown, OnAParameter) { EXPECT_EQ(strays("void f([[rpc::asinc]] int);"), asinc); }
TEST(Unknown, OnAStatement) { EXPECT_EQ(strays("inline void f() { [[rpc::asinc]] return; }"), asinc); }
TEST(Unknown, AmongOthers) { EXPECT_EQ(on_a_method("[[nodiscard, rpc::asinc, rpc::async]]"), asinc); }
TEST(Unknown, WithArguments) { EXPECT_EQ(on_a_method("[[rpc::asinc(1, f(2), [] {})]]"), asinc); }
TEST(Unknown, BehindArguments) { EXPECT_EQ(on_a_method("[[rpc::name(\"a\"), rpc::asinc]]"), asinc); }
TEST(Unknown, InACommonScope) { EXPECT_EQ(on_a_method("[[using rpc: async, asinc]]"), asinc); }
TEST(Unknown, OutOfAMacro) { EXPECT_EQ(strays("#define M [[rpc::asinc]]\nstruct X { M void m(); };"), asinc); }
TEST(Unknown, PartlyOutOfAMacro) { EXPECT_EQ(strays("#define M rpc\nstruct X { [[M::asinc]] void m(); };"), asinc); }
TEST(Unknown, AKeyword) { EXPECT_EQ(on_a_method("[[rpc::inline]]"), "rpc::inline on a declaration"); }
TEST(Unknown, Twice) { EXPECT_EQ(on_a_method("[[rpc::asinc, rpc::asinc]]"), std::string(asinc) + "; " + asinc); }

TEST(Unknown, OtherScopesAreNotOurs) { EXPECT_EQ(on_a_method("[[acme::asinc, gnu::cold]]"), ""); }
TEST(Unknown, OtherCommonScopesAreNotOurs) { EXPECT_EQ(on_a_method("[[using acme: asinc]]"), ""); }
TEST(Unknown, WithoutScopeIsNotOurs) { EXPECT_EQ(on_a_method("[[asinc]]"), ""); }
TEST(Unknown, NamesInNamespaceRpcAreNotAttributes) {
  EXPECT_EQ(strays("namespace rpc { struct Channel {}; } inline int a[2]; inline rpc::Channel f(int i = a[0]);"), "");
}
TEST(Unknown, LeftOutByThePreprocessor) { EXPECT_EQ(strays("#if 0\n[[rpc::asinc]] void f();\n#endif\n"), ""); }

TEST(Unknown, Place) {
  const Parsed parsed("struct X { [[rpc::async, «rpc::asinc»]] void m(); };");
  const Attribute& attribute = parsed.contract.strays.at(0).attribute;
  EXPECT_EQ(attribute.kind, AttributeKind::unknown);
  EXPECT_EQ(parsed.text(attribute.where), "«rpc::asinc»");
  EXPECT_EQ(parsed.text(attribute.name_where), "asinc");
  EXPECT_EQ(parsed.text(attribute.removal), ", rpc::asinc");
}

}  // namespace
}  // namespace farcall::test
