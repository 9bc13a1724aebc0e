#include "tagged/scan.h"

#include <cstring>

namespace rpc::tagged {
namespace {

Wire wire_in(std::uint32_t tag) { return static_cast<Wire>(tag & 7); }

bool is_message(Kind kind) {
  return kind == Kind::record || kind == Kind::tuple || kind == Kind::base || kind == Kind::variant;
}

/// Calls `use` for each field of this number: its tag, where that begins, and the end of its value.
template <class Use>
void for_each(Input& in, const Field& field, Span body, Use use) {
  for (const std::byte* at = body.begin; at != body.end;) {
    const Tag tag = get_tag(in, at, body.end);
    const std::byte* const end = skip(in, tag.end, body.end, tag.value, &field);
    if (tag.value >> 3 == field.number()) use(tag, at, end);
    at = end;
  }
}

std::byte* copy(std::byte* to, const std::byte* begin, const std::byte* end) {
  const std::size_t size = static_cast<std::size_t>(end - begin);
  if (size != 0) std::memcpy(to, begin, size);
  return to + size;
}

/// One message of all that came for the field.
std::byte* merge(Input& in, const Field& field, Span body, std::byte* to) {
  std::size_t size = 0;
  bool found = false;
  for_each(in, field, body, [&](Tag tag, const std::byte*, const std::byte* end) {
    size += get_span(in, tag.end, end, &field).size();
    found = true;
  });
  if (!found) return to;
  to = put_varint(put_varint(to, field.tag), size);
  for_each(in, field, body, [&](Tag tag, const std::byte*, const std::byte* end) {
    const Span span = get_span(in, tag.end, end, &field);
    to = copy(to, span.begin, span.end);
  });
  return to;
}

}  // namespace

const std::byte* skip(Input& in, const std::byte* at, const std::byte* end, std::uint32_t tag, const Field* field) {
  switch (wire_in(tag)) {
    case Wire::varint: {
      const Varint ignored = get_varint(at, end);
      if (ignored.end == nullptr) fail_bytes(in.decoder(), at, field);
      return ignored.end;
    }
    case Wire::fixed64: return get_fixed(in, at, end, 8, field);
    case Wire::length: return get_span(in, at, end, field).end;
    case Wire::fixed32: return get_fixed(in, at, end, 4, field);
  }
  fail_tag(in.decoder(), at);
}

bool accepts(const Field& field, std::uint32_t tag) {
  if (!is_repeated(field.kind)) return false;
  const Kind element = field.kind == Kind::list ? static_cast<const List&>(*field.type).element_kind
                                                : static_cast<const Nodes&>(*field.type).element_kind;
  return is_scalar(element) && wire_in(tag) == wire_of(element);
}

std::size_t count_packed(Input& in, const Field& element, Span packed) {
  const std::size_t size = packed.size();
  const Wire wire = wire_of(element.kind);
  if (wire != Wire::varint) {
    const std::size_t width = wire == Wire::fixed64 ? 8 : 4;
    if (size % width != 0) fail_bytes(in.decoder(), packed.begin, &element);
    return size / width;
  }
  if (size != 0 && std::to_integer<unsigned>(packed.end[-1]) >= 0x80) fail_bytes(in.decoder(), packed.begin, &element);
  std::size_t count = 0;
  for (std::size_t i = 0; i < size; ++i) count += std::to_integer<unsigned>(packed.begin[i]) < 0x80 ? 1 : 0;
  return count;
}

Run measure_run(Input& in, const Field& element, const std::byte* at, const std::byte* end) {
  Run run{at, 0};
  while (run.end != end) {
    const Tag tag = get_tag(in, run.end, end);
    if (tag.value >> 3 != element.number()) break;
    if (tag.value == element.tag) {
      ++run.count;
    } else if (is_scalar(element.kind) && wire_in(tag.value) == Wire::length) {
      run.count += count_packed(in, element, get_span(in, tag.end, end, &element));
    } else {
      fail_form(in.decoder(), run.end, element);
    }
    run.end = skip(in, tag.end, end, tag.value, &element);
  }
  return run;
}

bool merges(const Field& field) {
  if (field.kind != Kind::nullable) return is_message(field.kind);
  return is_message(static_cast<const Nullable&>(*field.type).value_kind);
}

// No longer than the body: one tag and one length take the place of several.
Span in_order(Input& in, const Record& record, Span body) {
  std::byte* const begin = in.scratch(*record.fields, body.size());
  std::byte* to = begin;
  for (const Field* field = record.fields; field != record.fields + record.count; ++field) {
    if (merges(*field)) {
      to = merge(in, *field, body, to);
    } else {
      for_each(in, *field, body, [&](Tag, const std::byte* from, const std::byte* end) { to = copy(to, from, end); });
    }
  }
  return {begin, to};
}

}  // namespace rpc::tagged
