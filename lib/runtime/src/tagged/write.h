// Writing values in the tagged encoding, for write.cpp, write_list.cpp and write_other.cpp.
//
//   at = write_field(out, at, field, &value);
#pragma once

#include <rpc/tagged/type.h>
#include <rpc/wire/writer.h>

namespace rpc::tagged {

/// A value with its tag, or with several if it is repeated.
std::byte* write_field(Encoder& out, std::byte* at, const Field& field, const void* value);

/// A message without its tag and its length.
std::byte* write_fields(Encoder& out, std::byte* at, const Record& record, const void* object);

/// A record with its tag and its length.
std::byte* write_record(Encoder& out, std::byte* at, const Field& field, const Record& record, const void* object);

/// A value that is neither a number, text, bytes, a record nor a list.
std::byte* write_other(Encoder& out, std::byte* at, const Field& field, const void* value);

/// The elements of a list, of which there is one at least.
std::byte* write_elements(Encoder& out, std::byte* at, const Field& field, const List& type, Row elements);

/// The records from `value` to `end`; `width` is that of the length before, if there was one.
std::byte* write_records(Encoder& out, std::byte* at, const Field& field, const List& type, const std::byte* value,
                         const std::byte* end, unsigned width);

std::byte* write_nodes(Encoder& out, std::byte* at, const Field& field, const void* object);

}  // namespace rpc::tagged
