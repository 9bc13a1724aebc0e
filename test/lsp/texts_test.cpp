// What the server reads from the text alone: which documents concern it, and attributes as they are being typed.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "lsp/attribute_lists.h"
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

}  // namespace
}  // namespace farcall::lsp
