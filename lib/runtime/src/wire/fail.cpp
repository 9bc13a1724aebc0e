#include <rpc/wire/fail.h>

#include <string>

#include <cxxabi.h>
#include <cstdlib>

#include <rpc/error.h>
#include <rpc/wire/reader.h>

namespace rpc::wire {

namespace {

[[noreturn]] void malformed(const Decoder& in, const std::byte* at, const std::string& text) {
  throw Error(Code::malformed, "malformed message at byte " + std::to_string(in.offset(at)) + " of " +
                                   std::to_string(in.size()) + ": " + text);
}

std::string readable(const std::type_info& type) {
  int status = 0;
  char* name = abi::__cxa_demangle(type.name(), nullptr, nullptr, &status);
  const std::string text = name != nullptr ? name : type.name();
  std::free(name);
  return text;
}

}  // namespace

void fail_truncated(const Decoder& in, const std::byte* at, std::size_t size) {
  malformed(in, at, "expected " + std::to_string(size) + " bytes, found " + std::to_string(in.left(at)));
}

void fail_count(const Decoder& in, const std::byte* at, std::uint64_t count, std::size_t min_size) {
  malformed(in, at,
            "expected " + std::to_string(count) + " elements of at least " + std::to_string(min_size) +
                " bytes, found " + std::to_string(in.left(at)) + " bytes in all");
}

void fail_bool(const Decoder& in, const std::byte* at, unsigned value) {
  malformed(in, at, "expected a bool, 0 or 1, found " + std::to_string(value));
}

void fail_enum_received(const std::type_info& type, std::int64_t value) {
  throw Error(Code::malformed,
              "malformed message: expected a value of the enum " + readable(type) + ", found " + std::to_string(value));
}

void fail_enum_sent(const std::type_info& type, std::int64_t value) {
  throw Error(Code::marshalling,
              "cannot send " + std::to_string(value) + " as a " + readable(type) + ": the enum declares no such value");
}

void fail_bit_field(std::int64_t value, unsigned width) {
  throw Error(Code::malformed, "malformed message: expected a number for a bit-field of " + std::to_string(width) +
                                   " bits, found " + std::to_string(value));
}

void fail_index(const Decoder& in, const std::byte* at, std::uint64_t index, std::size_t alternatives) {
  malformed(in, at,
            "expected the index of an alternative of a variant that has " + std::to_string(alternatives) + ", found " +
                std::to_string(index));
}

void fail_valueless_sent() {
  throw Error(Code::marshalling,
              "cannot send a std::variant without a value: it became valueless when an exception was thrown");
}

void fail_reference(const Decoder& in, const std::byte* at, std::uint64_t number, std::size_t count) {
  malformed(in, at,
            "expected a reference to one of the " + std::to_string(count) + " shared objects before it, found number " +
                std::to_string(number));
}

void fail_object_twice(const Decoder& in, const std::byte* at, std::uint64_t number) {
  malformed(in, at, "two shared objects have the number " + std::to_string(number));
}

void fail_reference_type(const Decoder& in, const std::byte* at, const std::type_info& type) {
  malformed(in, at, "expected a reference to a shared " + readable(type) + ", found one to an object of another type");
}

void fail_cycle_sent(const std::type_info& type) {
  throw Error(Code::marshalling, "cannot send a " + readable(type) +
                                     " that leads back to itself through std::shared_ptr: break the cycle, for "
                                     "example with an index or a name instead of the pointer");
}

void fail_alias_sent(const std::type_info& type) {
  throw Error(Code::marshalling, "cannot send a std::shared_ptr<" + readable(type) +
                                     "> that shares its object with a pointer of the same call which points elsewhere "
                                     "or is of another type: they would arrive as two objects");
}

void fail_path_received(const Decoder& in, const std::byte* at) {
  malformed(in, at, "expected a path, found one with a zero byte in it");
}

void fail_path_sent() { throw Error(Code::marshalling, "cannot send a path with a zero byte in it"); }

void fail_duplicate(const Decoder& in, const std::byte* at) {
  malformed(in, at, "expected every key of a map or set once, found one twice");
}

void fail_trailing(const Decoder& in, const std::byte* at) {
  malformed(in, at, "expected the end, found " + std::to_string(in.left(at)) + " more bytes");
}

void fail_nesting_received(const Decoder& in, const std::byte* at, std::uint32_t limit) {
  malformed(in, at, "records nested deeper than " + std::to_string(limit) + " (Limits::max_nesting)");
}

void fail_nesting_sent(std::uint32_t limit) {
  throw Error(Code::marshalling,
              "cannot send records nested deeper than " + std::to_string(limit) + " (Limits::max_nesting)");
}

void fail_too_large(std::size_t size, std::size_t limit) {
  throw Error(Code::too_large, "cannot send a message of " + std::to_string(size) + " bytes, more than " +
                                   std::to_string(limit) + " (Limits::max_frame)");
}

}  // namespace rpc::wire
