#include "emit/artefacts.h"
#include "emit/encoding.h"
#include "emit/wrap.h"
#include "emit/writer.h"

namespace farcall {
namespace {

void emit_enum(Writer& w, const EnumPlan& enumeration) {
  const std::string head = "struct rpc::Codec<" + enumeration.name + ">";
  Wrapped base{.indent = 4, .head = enumeration.is_flags ? ": rpc::FlagsCodec<" : ": rpc::EnumCodec<", .tail = "> {};"};
  base.parts.push_back(enumeration.rooted_name);
  for (const std::string& enumerator : enumeration.enumerators) base.parts.push_back(enumerator);
  const std::string text = wrap(base);
  const bool fits = head.size() + 1 + text.size() <= max_columns;
  w.emit({{"head", fits ? head + " " + text : head}, {"base", fits ? "" : text}}, R"cc(
    template <>
    $head$
        $base$

  )cc");
}

/// "encode(Encoder& out, std::byte* to, const ::home::Reading& value)", behind `head` and before `tail`.
std::string encode_signature(const RecordPlan& record, std::size_t indent, const std::string& head,
                             const std::string& tail) {
  return wrap({.indent = indent,
               .head = head + "encode(",
               .parts = {"Encoder& out", "std::byte* to", "const " + record.rooted_name + "& value"},
               .tail = ")" + tail});
}

std::string decode_signature(const RecordPlan& record, std::size_t indent, const std::string& head,
                             const std::string& tail) {
  return wrap({.indent = indent,
               .head = head + "decode(",
               .parts = {"Decoder& in", "const std::byte* from", record.rooted_name + "& value"},
               .tail = ")" + tail});
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

/// Where its functions are members: of its codec, or of what its class calls a friend.
std::string codec_of(const RecordPlan& record) {
  return (record.needs_access ? "rpc::Access::Members<" : "rpc::Codec<") + record.name + ">";
}

void emit_declaration(Writer& w, const RecordPlan& record) {
  w.emit({{"codec", codec_of(record)},
          {"template", record.needs_access ? "template <>" : ""},
          {"derived", record.needs_access ? derived("struct rpc::Codec<" + record.name + ">", codec_of(record)) : ""},
          {"size", std::to_string(record.layout.min_size)},
          {"encode", encode_signature(record, 2, "static std::byte* ", ";")},
          {"decode", decode_signature(record, 2, "static const std::byte* ", ";")}},
         R"cc(
    template <>
    struct $codec$ {
      static constexpr std::size_t min_size = $size$;
      $encode$
      $decode$
    };

    $template$
    $derived$

  )cc");
}

void emit_definition(Writer& w, const RecordPlan& record) {
  const StatementPlace place{.runtime = "", .indent = 2};
  const std::string codec = codec_of(record) + "::";
  w.emit({{"encode", encode_signature(record, 0, "inline std::byte* " + codec, " {")},
          {"decode", decode_signature(record, 0, "inline const std::byte* " + codec, " {")},
          {"nest", record.on_cycle ? "at.nest();" : ""},
          {"unnest", record.on_cycle ? "at.unnest();" : ""},
          {"write", encode_statements(record.layout, place)},
          {"read", decode_statements(record.layout, place)}},
         R"cc(
    $encode$
      Writer at(out, to);
      $nest$
      $write$
      $unnest$
      return at.place();
    }

    $decode$
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
