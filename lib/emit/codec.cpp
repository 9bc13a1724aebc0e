#include "emit/artefacts.h"
#include "emit/encoding.h"
#include "emit/wrap.h"
#include "emit/writer.h"

namespace farcall {
namespace {

void emit_enum(Writer& w, const EnumPlan& enumeration) {
  const std::string head = "struct rpc::Codec<" + enumeration.name + ">";
  Wrapped base{.indent = 0, .head = head + " : rpc::" + (enumeration.is_flags ? "FlagsCodec<" : "EnumCodec<"), .tail = "> {};"};
  base.parts.push_back(enumeration.rooted_name);
  for (const std::string& enumerator : enumeration.enumerators) base.parts.push_back(enumerator);
  w.emit({{"codec", wrap(base)}}, R"cc(
    template <>
    $codec$

  )cc");
}

/// A record whose memory is its encoding, or one without members.
void emit_whole(Writer& w, const RecordPlan& record) {
  const bool empty = record.flat_size == 0;
  w.emit({{"name", record.name},
          {"base", empty ? "EmptyCodec" : "FlatCodec"},
          {"rooted", record.rooted_name},
          {"size", empty ? "" : ", " + std::to_string(record.flat_size)}},
         R"cc(
    template <>
    struct rpc::Codec<$name$> : rpc::$base$<$rooted$$size$> {};

  )cc");
}

void emit_declaration(Writer& w, const RecordPlan& record) {
  w.emit({{"name", record.name}, {"rooted", record.rooted_name}, {"size", std::to_string(record.layout.min_size)}}, R"cc(
    template <>
    struct rpc::Codec<$name$> {
      static constexpr std::size_t min_size = $size$;
      static std::byte* encode(Encoder& out, std::byte* to, const $rooted$& value);
      static const std::byte* decode(Decoder& in, const std::byte* from, $rooted$& value);
    };

  )cc");
}

void emit_definition(Writer& w, const RecordPlan& record) {
  const StatementPlace place{.runtime = "", .indent = 2};
  w.emit({{"codec", "rpc::Codec<" + record.name + ">"},
          {"rooted", record.rooted_name},
          {"nest", record.on_cycle ? "at.nest();" : ""},
          {"unnest", record.on_cycle ? "at.unnest();" : ""},
          {"write", encode_statements(record.layout, place)},
          {"read", decode_statements(record.layout, place)}},
         R"cc(
    inline std::byte* $codec$::encode(Encoder& out, std::byte* to, const $rooted$& value) {
      Writer at(out, to);
      $nest$
      $write$
      $unnest$
      return at.place();
    }

    inline const std::byte* $codec$::decode(Decoder& in, const std::byte* from, $rooted$& value) {
      Reader at(in, from);
      $nest$
      $read$
      $unnest$
      return at.place();
    }

  )cc");
}

}  // namespace

std::string codecs(const Plan& plan) {
  const auto is_whole = [](const RecordPlan& record) { return record.layout.empty(); };
  Writer w;
  for (const EnumPlan& enumeration : plan.enums) emit_enum(w, enumeration);
  for (const RecordPlan& record : plan.records) {
    if (is_whole(record)) emit_whole(w, record);
  }
  for (const RecordPlan& record : plan.records) {
    if (!is_whole(record)) emit_declaration(w, record);
  }
  for (const RecordPlan& record : plan.records) {
    if (!is_whole(record)) emit_definition(w, record);
  }
  return w.take();
}

}  // namespace farcall
