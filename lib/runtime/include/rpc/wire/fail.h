// The ways marshalling can fail, out of line and cold, so that the code which marshals stays small.
//
//   if (left < size) [[unlikely]] wire::fail_truncated(at, size);
#pragma once

#include <cstddef>
#include <cstdint>
#include <typeinfo>

namespace rpc {

class Decoder;

namespace wire {

/// `size` bytes are expected at `at`, fewer are left.
[[noreturn, gnu::cold]] void fail_truncated(const Decoder& in, const std::byte* at, std::size_t size);

/// `count` elements of at least `min_size` bytes are announced, more than the rest of the message can hold.
[[noreturn, gnu::cold]] void fail_count(const Decoder& in, const std::byte* at, std::uint64_t count,
                                        std::size_t min_size);

/// A bool or a presence flag is neither 0 nor 1.
[[noreturn, gnu::cold]] void fail_bool(const Decoder& in, const std::byte* at, unsigned value);

/// The enum `type` has no such value; decoding.
[[noreturn, gnu::cold]] void fail_enum_received(const std::type_info& type, std::int64_t value);

/// The enum `type` has no such value; encoding.
[[noreturn, gnu::cold]] void fail_enum_sent(const std::type_info& type, std::int64_t value);

/// A number does not fit into the bit-field it is for.
[[noreturn, gnu::cold]] void fail_bit_field(std::int64_t value, unsigned width);

/// A variant's index is not that of one of its alternatives.
[[noreturn, gnu::cold]] void fail_index(const Decoder& in, const std::byte* at, std::uint64_t index,
                                        std::size_t alternatives);

/// The variant to send is valueless by exception.
[[noreturn, gnu::cold]] void fail_valueless_sent();

/// A shared pointer refers to object `number` of a message that has had `count` so far.
[[noreturn, gnu::cold]] void fail_reference(const Decoder& in, const std::byte* at, std::uint64_t number,
                                            std::size_t count);

[[noreturn, gnu::cold]] void fail_object_twice(const Decoder& in, const std::byte* at, std::uint64_t number);
/// A shared pointer to a `type` refers to an object of another type.
[[noreturn, gnu::cold]] void fail_reference_type(const Decoder& in, const std::byte* at, const std::type_info& type);

/// An object to send leads back to itself through shared pointers.
[[noreturn, gnu::cold]] void fail_cycle_sent(const std::type_info& type);

/// A shared pointer to send owns what another one of the message owns, but points somewhere else.
[[noreturn, gnu::cold]] void fail_alias_sent(const std::type_info& type);

/// A path has a zero byte, at which whoever opens it would stop reading.
[[noreturn, gnu::cold]] void fail_path_received(const Decoder& in, const std::byte* at);
[[noreturn, gnu::cold]] void fail_path_sent();

/// A map or set has the same key twice.
[[noreturn, gnu::cold]] void fail_duplicate(const Decoder& in, const std::byte* at);

/// Bytes are left after the last field.
[[noreturn, gnu::cold]] void fail_trailing(const Decoder& in, const std::byte* at);

/// Recursive records are nested deeper than Limits::max_nesting.
[[noreturn, gnu::cold]] void fail_nesting_received(const Decoder& in, const std::byte* at, std::uint32_t limit);
[[noreturn, gnu::cold]] void fail_nesting_sent(std::uint32_t limit);

/// The message to send is longer than Limits::max_frame.
[[noreturn, gnu::cold]] void fail_too_large(std::size_t size, std::size_t limit);

}  // namespace wire
}  // namespace rpc
