// rpc::Codec for the user's types.
#include <gtest/gtest.h>

#include "emit/artefacts.h"
#include "plan/contracts.h"

namespace farcall {
namespace {

using namespace testing;

std::string codecs_of(std::vector<Record> records, std::vector<Enum> enums = {}) {
  std::vector<Method> methods = {method("ping", of_void())};
  for (const Record& record : records)
    methods.push_back(method("r" + std::to_string(methods.size()), of_record(record.name)));
  for (const Enum& definition : enums)
    methods.push_back(method("e" + std::to_string(methods.size()), of_enum(definition.name)));
  return codecs(planned_from(with_methods(methods, std::move(records), std::move(enums))));
}

TEST(Codec, Enums) {
  const Enum kind{.name = "home::Kind", .underlying = Scalar::int32, .enumerators = {{"indoor", 0}, {"outdoor", 1}}};
  const Enum days{
      .name = "Days", .underlying = Scalar::uint8, .is_flags = true, .enumerators = {{"none", 0}, {"monday", 1}}};
  EXPECT_EQ(codecs_of({}, {kind, days}), R"(template <>
struct rpc::Codec<home::Kind> : rpc::EnumCodec<::home::Kind, ::home::Kind::indoor, ::home::Kind::outdoor> {};

template <>
struct rpc::Codec<Days> : rpc::FlagsCodec<::Days, ::Days::monday> {};

)");
}

TEST(Codec, EmptyRecords) {
  EXPECT_EQ(codecs_of({record("Empty", {})}),
            "template <>\nstruct rpc::Codec<Empty> : rpc::EmptyCodec<::Empty> {};\n\n");
}

TEST(Codec, FlatRecords) {
  Record point = record("home::Point", {field("x", of_double())});
  point.flat_size = 8;
  EXPECT_EQ(codecs_of({point}), R"(template <>
struct rpc::Codec<home::Point> : rpc::FlatCodec<::home::Point, 8> {};

)");
}

TEST(Codec, OfAccessWhereMembersArePrivate) {
  Record account = reading();
  account.needs_access = true;
  const std::string text = codecs_of({account});
  EXPECT_NE(text.find("template <>\nstruct rpc::Access::Members<home::Reading> {\n"), text.npos) << text;
  EXPECT_NE(
      text.find("};\n\ntemplate <>\nstruct rpc::Codec<home::Reading> : rpc::Access::Members<home::Reading> {};\n\n"),
      text.npos)
      << text;
  EXPECT_NE(text.find("rpc::Access::Members<home::Reading>::encode("), text.npos);
}

TEST(Codec, NoneWhereTheUserWroteIt) {
  Record angle = record("home::Angle", {});
  angle.codec.emplace();
  EXPECT_EQ(codecs_of({angle}), "");
}

TEST(Codec, AllAreDeclaredBeforeAnyIsDefined) {
  const std::string text =
      codecs_of({record("A", {field("b", of_vector(of_record("B")))}), record("B", {field("t", of_text())})});
  EXPECT_LT(text.find("struct rpc::Codec<B>"), text.find("rpc::Codec<A>::encode"));
}

TEST(Codec, RecordsThatContainThemselvesCountTheirNesting) {
  const std::string tree = codecs_of({record("Tree", {field("children", of_vector(of_record("Tree")))})});
  EXPECT_NE(tree.find("  at.nest();\n  at.write(value.children);\n  at.unnest();\n  return at.place()"), tree.npos)
      << tree;
  EXPECT_NE(tree.find("  at.nest();\n  at.read(value.children);\n  at.unnest();\n  return at.place()"), tree.npos)
      << tree;
  EXPECT_EQ(codecs_of({reading()}).find("nest()"), std::string::npos);
}

TEST(Codec, MembersOfABaseAreNamedThroughIt) {
  Record entry = record("home::Entry", {});
  entry.bases = {{"home::Stamped"}};
  const std::string text = codecs_of({record("home::Stamped", {field("at", of_int())}), entry});
  EXPECT_NE(text.find("at.put(value.home::Stamped::at);"), text.npos);
}

}  // namespace
}  // namespace farcall
