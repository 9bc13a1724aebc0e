// The frozen contract survives its file: every kind of type, every attribute.
#include "driver/frozen_file.h"

#include <gtest/gtest.h>

#include "emit/emit.h"
#include "plan/contracts.h"
#include "plan/numbers.h"

namespace farcall {
namespace {

TEST(FrozenFile, GivesBackWhatWasWritten) {
  const auto scalar = [](Scalar each) { return Box(testing::type(each, "x")); };
  const auto sequence = [&](SequenceKind kind) {
    return testing::type(SequenceOf{kind, scalar(Scalar::char16), is_array(kind) ? 3U : 0U}, "x");
  };
  std::vector<Field> fields;
  const auto add = [&](const Type& type) {
    fields.push_back(testing::field("f" + std::to_string(fields.size()), type));
  };
  for (unsigned i = 0; i <= static_cast<unsigned>(Scalar::float64); ++i)
    add(testing::type(static_cast<Scalar>(i), "x"));
  for (unsigned i = 0; i <= static_cast<unsigned>(SequenceKind::unordered_multiset); ++i)
    add(sequence(static_cast<SequenceKind>(i)));
  for (unsigned i = 0; i <= static_cast<unsigned>(MapKind::unordered_multimap); ++i)
    add(testing::type(MapOf{static_cast<MapKind>(i), scalar(Scalar::int8), scalar(Scalar::byte)}, "x"));
  add(testing::of_text());
  add(testing::type(Text{.view = true}, "x"));
  add(testing::type(SequenceOf{SequenceKind::span, scalar(Scalar::int8), 3}, "x"));
  add(testing::type(OptionalOf{scalar(Scalar::int8)}, "x"));
  add(testing::type(OptionalOf{scalar(Scalar::int8), OptionalKind::unique_ptr}, "x"));
  add(testing::type(SharedOf{scalar(Scalar::int8)}, "x"));
  for (unsigned i = 0; i <= static_cast<unsigned>(AdaptorKind::priority_queue); ++i)
    add(testing::type(AdaptorOf{static_cast<AdaptorKind>(i), Box(sequence(SequenceKind::vector))}, "x"));
  add(testing::type(BitsetOf{12}, "x"));
  add(testing::type(Path{}, "x"));
  add(testing::type(ErrorCode{}, "x"));
  add(testing::type(VariantOf{{scalar(Scalar::int8), scalar(Scalar::int16)}, VariantKind::expected}, "x"));
  add(testing::type(PairOf{scalar(Scalar::int8), scalar(Scalar::byte)}, "x"));
  add(testing::type(TupleOf{{scalar(Scalar::int8), scalar(Scalar::byte)}}, "x"));
  add(testing::type(TupleOf{}, "x"));
  add(testing::type(VariantOf{{Box(testing::type(Monostate{}, "x")), scalar(Scalar::int8)}}, "x"));
  add(testing::type(ComplexOf{Scalar::float32}, "x"));
  add(testing::type(DurationOf{Scalar::int64, 1, 1000}, "x"));
  add(testing::type(TimePointOf{"std::chrono::system_clock", {Scalar::int64, 1, 1000}}, "x"));
  add(testing::of_record("home::Other"));
  add(testing::of_record("home::Packed"));
  fields.push_back(testing::field("flag", testing::type(Scalar::uint8, "x")));
  fields.back().bit_width = 3;
  add(testing::of_enum("home::Kind"));
  Record packed = testing::record("home::Packed", {});
  packed.codec = UserCodec{4'000'000'000};
  Record sample = testing::record("home::Sample", fields);
  sample.bases = {{"home::Base"}};
  Parameter days = testing::parameter("", testing::of_int());
  days.default_argument = "limit()";
  Parameter swapped = testing::parameter("swapped", testing::of_text(), Passing::reference);
  swapped.attributes = {testing::named("turned_round")};
  Method last = testing::method("last", testing::of_record("home::Sample"), {days, swapped}, {testing::async()});
  last.attributes.push_back(testing::attribute(AttributeKind::timeout, "timeout", "none"));
  last.is_const = last.is_noexcept = true;
  last.handle = testing::handle(1);
  last.doc = "Grüße, \\, /, \"\t\" and \x01.";
  const Enum kind{.name = "home::Kind", .underlying = Scalar::uint64, .enumerators = {{"low", 0}, {"high", -1}}};
  const Contract contract = testing::with_methods(
      {last}, {testing::record("home::Base", {}), testing::record("home::Other", {}), packed, sample}, {kind});
  Plan planned{.frozen = freeze(contract, nullptr)};
  planned.frozen.records[0].removed = {{"gone", 7}};
  planned.frozen.accepted = {"something"};

  const GeneratedFile file = emit_contract(planned);
  const ReadFrozen read = read_frozen(file.contents);
  ASSERT_EQ(read.problem, "");
  planned.frozen = *read.frozen;
  EXPECT_EQ(emit_contract(planned).contents, file.contents);
  EXPECT_EQ(find_named(read.frozen->records, "home::Packed")->codec, packed.codec);
  EXPECT_EQ(find_named(read.frozen->records.back().fields, "flag")->bit_width, 3U);
  EXPECT_EQ(read.frozen->enums[0].enumerators[1].value, -1);
  EXPECT_EQ(read.frozen->interfaces[0].methods[0].parameters[1].name, "turned_round");
  EXPECT_EQ(read.frozen->interfaces[0].methods[0].doc, last.doc);
  EXPECT_EQ(read.frozen->interfaces[0].methods[0].handle, planned.frozen.interfaces[0].methods[0].handle);
  EXPECT_EQ(read.frozen->interfaces[0].methods[0].handle->position, 1U);
}

}  // namespace
}  // namespace farcall
