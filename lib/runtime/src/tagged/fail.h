// How writing and reading in the tagged encoding can fail, out of line and cold. Fields are named by number and name.
#pragma once

#include <rpc/tagged/type.h>

#include <string>

namespace rpc {
class Decoder;
}

namespace rpc::tagged {

/// The message ends within a value, a tag or a length, or one of them is no number of 64 bits.
[[noreturn, gnu::cold]] void fail_bytes(const Decoder& in, const std::byte* at, const Field* field);

/// The field has a value of another form: its type has changed.
[[noreturn, gnu::cold]] void fail_form(const Decoder& in, const std::byte* at, const Field& field);

/// A tag without a number, or of the deprecated groups.
[[noreturn, gnu::cold]] void fail_tag(const Decoder& in, const std::byte* at);

/// A number that the field's type does not hold.
[[noreturn, gnu::cold]] void fail_range(const Field& field, const std::string& value);

[[noreturn, gnu::cold]] void fail_enum_received(const Field& field, const Enum& type, std::int64_t value);

/// An array with another number of elements.
[[noreturn, gnu::cold]] void fail_extent(const Field& field, std::size_t count);

/// A value of another version of its user's codec, or without bytes.
[[noreturn, gnu::cold]] void fail_codec(const Field& field, const Coded& type, const std::string& version);

/// A variant's alternative that this end does not have.
[[noreturn, gnu::cold]] void fail_alternative(const Field& field, std::size_t number, std::size_t count);

[[noreturn, gnu::cold]] void fail_missing(const Record& record, const Field& field);

/// Values that would take more memory than a message may.
[[noreturn, gnu::cold]] void fail_memory(const Decoder& in, const Field& field);

}  // namespace rpc::tagged
