#include "tagged/coded.h"

#include <rpc/wire/part.h>
#include <rpc/wire/shared_codec.h>

#include <optional>
#include <string>

namespace rpc::tagged {

// Bytes that another version of the codec wrote would not be understood, or misunderstood.
void read_coded(Input& in, const Field& field, void* object, Span body) {
  const Coded& type = static_cast<const Coded&>(*field.type);
  const Field version(1, "version", nullptr, Kind::uint32);
  const Field value(2, field.name, nullptr, Kind::blob);
  const Field first(3, "objects", nullptr, Kind::uint64);
  std::uint64_t written = 0;
  std::uint64_t objects = 0;
  std::optional<Span> bytes;
  for (const std::byte* at = body.begin; at != body.end;) {
    const Tag tag = get_tag(in, at, body.end);
    at = skip(in, tag.end, body.end, tag.value, &field);
    if (tag.value == version.tag) written = get_varint(tag.end, at).value;
    if (tag.value == first.tag) objects = get_varint(tag.end, at).value;
    if (tag.value == value.tag) bytes = get_span(in, tag.end, at, &field);
  }
  if (written != type.version || !bytes) fail_codec(field, type, bytes ? std::to_string(written) : "none");
  wire::number_received(in.decoder(), objects);
  const wire::PartReader part(in.decoder(), {bytes->begin, bytes->size()});
  Reader from(in.decoder(), part.begin());
  type.read(from, object);
  part.finish(from);
}

}  // namespace rpc::tagged
