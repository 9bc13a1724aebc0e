#include "emit/artefacts.h"
#include "emit/encoding.h"
#include "emit/wrap.h"
#include "emit/writer.h"

namespace farcall {
namespace {

void emit_enum(Writer& w, const EnumPlan& enumeration) {
  Wrapped base{.indent = 4, .head = enumeration.is_flags ? ": rpc::FlagsCodec<" : ": rpc::EnumCodec<", .tail = "> {};"};
  base.parts.push_back(enumeration.rooted_name);
  for (const std::string& enumerator : enumeration.enumerators) base.parts.push_back(enumerator);
  w.emit({{"name", enumeration.name}, {"base", wrap(base)}}, R"cc(
    template <>
    struct rpc::Codec<$name$>
        $base$

  )cc");
}

void emit_flat(Writer& w, const RecordPlan& record) {
  w.emit({{"name", record.name}, {"rooted", record.rooted_name}, {"size", std::to_string(record.flat_size)}}, R"cc(
    template <>
    struct rpc::Codec<$name$> : rpc::FlatCodec<$rooted$, $size$> {};

  )cc");
}

void emit_declaration(Writer& w, const RecordPlan& record) {
  w.emit({{"name", record.name}, {"rooted", record.rooted_name}, {"size", std::to_string(record.layout.min_size)}}, R"cc(
    template <>
    struct rpc::Codec<$name$> {
      static constexpr std::size_t min_size = $size$;
      static Writer encode(Writer at, const $rooted$& value);
      static Reader decode(Reader at, $rooted$& value);
    };

  )cc");
}

/// A record without members is one byte, since everything in a container takes at least one.
void emit_empty(Writer& w, const RecordPlan& record) {
  w.emit({{"name", record.name}, {"rooted", record.rooted_name}}, R"cc(
    inline rpc::Writer rpc::Codec<$name$>::encode(Writer at, const $rooted$&) {
      at.write(false);
      return at;
    }

    inline rpc::Reader rpc::Codec<$name$>::decode(Reader at, $rooted$&) {
      bool nothing = false;
      at.read(nothing);
      return at;
    }

  )cc");
}

void emit_definition(Writer& w, const RecordPlan& record) {
  const StatementPlace place{.runtime = "", .indent = 2};
  w.emit({{"name", record.name},
          {"rooted", record.rooted_name},
          {"nest", record.on_cycle ? "at.nest();" : ""},
          {"unnest", record.on_cycle ? "at.unnest();" : ""},
          {"write", encode_statements(record.layout, place)},
          {"read", decode_statements(record.layout, place)}},
         R"cc(
    inline rpc::Writer rpc::Codec<$name$>::encode(Writer at, const $rooted$& value) {
      $nest$
      $write$
      $unnest$
      return at;
    }

    inline rpc::Reader rpc::Codec<$name$>::decode(Reader at, $rooted$& value) {
      $nest$
      $read$
      $unnest$
      return at;
    }

  )cc");
}

}  // namespace

std::string codecs(const Plan& plan) {
  Writer w;
  for (const EnumPlan& enumeration : plan.enums) emit_enum(w, enumeration);
  for (const RecordPlan& record : plan.records) record.flat_size != 0 ? emit_flat(w, record) : emit_declaration(w, record);
  for (const RecordPlan& record : plan.records) {
    if (record.flat_size == 0) record.layout.empty() ? emit_empty(w, record) : emit_definition(w, record);
  }
  return w.take();
}

}  // namespace farcall
