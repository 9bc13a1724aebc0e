// What the server reads from the text alone: which documents concern it, attributes as they are being typed, and where
// classes begin.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "lsp/attribute_lists.h"
#include "lsp/class_heads.h"
#include "lsp/relevance.h"

namespace farcall::lsp {
namespace {

TEST(Relevance, IsOfHeaders) {
  for (const char* name : {"/a/lamp.h", "lamp.hpp", "lamp.hh", "lamp", "a.b/lamp.h"})
    EXPECT_TRUE(is_header(name)) << name;
  for (const char* name : {"lamp.cpp", "lamp.rpc.h", "lamp.rpc.cpp", "lamp.rpc.mock.h", "lamp.txt"})
    EXPECT_FALSE(is_header(name)) << name;
}

TEST(Relevance, IsOfAttributes) {
  for (const char* text : {"[[rpc::async]]", "[[using rpc: async]]", "[[nodiscard, rpc :: maybe]] int", "[[rpc::"})
    EXPECT_TRUE(has_attributes(text)) << text;
  for (const char* text : {"", "rpc::connect(x);", "[[nodiscard]] rpc::Future<int> f();", "a[b[0]]", "[[rpc]]"})
    EXPECT_FALSE(has_attributes(text)) << text;
}

TEST(Relevance, ShowsInIncludes) {
  EXPECT_THAT(included_names("#include \"a.rpc.h\"\n# include <b/c>\n// #include \"d\"\n#include E\n#include \"f"),
              testing::ElementsAre("a.rpc.h", "b/c"));
}

/// The names that are offered first where `|` stands, and the text that they replace.
std::vector<std::string> offered(std::string text, bool also_others = false) {
  const auto cursor = static_cast<std::uint32_t>(text.find('|'));
  text.erase(cursor, 1);
  std::vector<std::string> names;
  for (const Completion& each : complete_attributes(text, cursor).items)
    if (each.fits_here || also_others) names.push_back(each.text);
  return names;
}

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

TEST(Completion, IsOfferedByPlace) {
  EXPECT_THAT(offered("class [[rpc::|]] Lamp {"), Contains("interface"));
  EXPECT_THAT(offered("class [[rpc::|]] Lamp {"), Not(Contains("maybe")));
  EXPECT_THAT(offered("  virtual void f([[rpc::|]] int& x);"), ElementsAre("async", "name", "out", "in"));
  EXPECT_THAT(offered("struct A { int a; [[rpc::|"), Contains("maybe"));
  EXPECT_THAT(offered("struct A { int a; [[rpc::|", true), Contains("interface"));
}

TEST(Completion, AddsTheScope) {
  EXPECT_THAT(offered("public: [[|"), Contains("rpc::async"));
  EXPECT_THAT(offered("public: [[r|]]"), Contains("rpc::async"));
  EXPECT_THAT(offered("public: [[using rpc: |]]"), Contains("async"));
  EXPECT_THAT(offered("public: [[rpc::async, |]]"), Contains("rpc::idempotent"));
}

TEST(Completion, IsSilentElsewhere) {
  EXPECT_THAT(offered("rpc::|"), IsEmpty());
  EXPECT_THAT(offered("[[rpc::async]] |"), IsEmpty());
  EXPECT_THAT(offered("[[gnu::|]]"), IsEmpty());
  EXPECT_THAT(offered("[[rpc::timeout(\"|\")]]"), IsEmpty());
  EXPECT_THAT(offered("|"), IsEmpty());
}

TEST(Completion, FillsInArguments) {
  const Completions found = complete_attributes("[[rpc::ti", 9);
  const auto timeout = std::ranges::find(found.items, "timeout", &Completion::text);
  ASSERT_NE(timeout, found.items.end());
  EXPECT_EQ(timeout->snippet, "timeout(\"${1:250ms}\")");
  EXPECT_EQ(found.begin, 7U);
  EXPECT_EQ(found.end, 9U);
}

/// "Lamp at 2: remote, methods, pure" of the line that `|` stands in.
std::string class_at(std::string text) {
  const auto cursor = static_cast<std::uint32_t>(text.find('|'));
  const auto head = class_head_at(text.erase(cursor, 1), cursor);
  if (!head) return "none";
  return head->name + " at " + std::to_string(head->line) + (head->is_remote ? ", remote" : "") +
         (head->has_methods ? ", methods" : "") + (head->has_pure_methods ? ", pure" : "");
}

TEST(ClassHead, IsFoundInItsLine) {
  EXPECT_EQ(class_at("\n  class |Lamp { virtual void f() = 0; };"), "Lamp at 2, methods, pure");
  EXPECT_EQ(class_at("struct [[rpc::interface(\"a{b\")]] Lamp final : Base<int> {|"), "Lamp at 1, remote");
  EXPECT_EQ(
      class_at("/* class Old { */ class [[deprecated]] Lamp| // {\n{ int f(); };\nstruct X { virtual void g() = 0; };"),
      "Lamp at 1, methods");
  EXPECT_EQ(class_at("class Lamp {| int level_ = 0; void f(int x = 0); char c = '}'; void g() const = 0; };"),
            "Lamp at 1, methods, pure");
}

TEST(ClassHead, IsNothingElse) {
  for (const char* text :
       {"|", "class Lamp;|", "enum class |Lamp { on };", "template <class T> class |Any { void f(); };",
        "// class |Lamp {", "classy |Lamp {", "class|", "class |{ void f(); }", "struct Lamp lamp = {|};",
        "struct Lamp |make() {", "class [[x|", "class Lamp {};\n|"})
    EXPECT_EQ(class_at(text), "none") << text;
}

}  // namespace
}  // namespace farcall::lsp
