#include "tagged/fail.h"

#include <rpc/error.h>
#include <rpc/wire/reader.h>

#include <cxxabi.h>

#include <cstdlib>

namespace rpc::tagged {
namespace {

std::string text(const Field& field) { return "field " + std::to_string(field.number()) + " '" + field.name + "'"; }

[[noreturn]] void malformed(const std::string& text) { throw Error(Code::malformed, "malformed message: " + text); }

/// `at` may be in a copy of the message that was put in order, which has other offsets.
[[noreturn]] void malformed(const Decoder& in, const std::byte* at, const std::string& text) {
  if (in.offset(at) > in.size()) malformed(text);
  throw Error(Code::malformed, "malformed message at byte " + std::to_string(in.offset(at)) + " of " +
                                   std::to_string(in.size()) + ": " + text);
}

std::string readable(const std::type_info& type) {
  int status = 0;
  char* name = abi::__cxa_demangle(type.name(), nullptr, nullptr, &status);
  std::string made = name != nullptr ? name : type.name();
  std::free(name);
  return made;
}

const char* form_of(Wire wire) {
  switch (wire) {
    case Wire::varint: return "a varint";
    case Wire::fixed64: return "8 bytes";
    case Wire::length: return "a length and bytes";
    case Wire::fixed32: return "4 bytes";
  }
  return "a value";
}

}  // namespace

void fail_bytes(const Decoder& in, const std::byte* at, const Field* field) {
  malformed(in, at, (field != nullptr ? text(*field) : std::string("a field")) + " does not end within the message");
}

void fail_form(const Decoder& in, const std::byte* at, const Field& field) {
  malformed(in, at,
            "expected " + std::string(form_of(static_cast<Wire>(field.tag & 7))) + " for " + text(field) +
                ", found something else: its type was changed");
}

void fail_tag(const Decoder& in, const std::byte* at) { malformed(in, at, "expected a field, found no valid tag"); }

void fail_range(const Field& field, const std::string& value) {
  malformed(value + " does not fit into the type of " + text(field));
}

void fail_enum_received(const Field& field, const Enum& type, std::int64_t value) {
  malformed("expected a value of the enum " + readable(*type.name) + " for " + text(field) + ", found " +
            std::to_string(value));
}

void fail_extent(const Field& field, std::size_t count) {
  malformed(text(field) + " is an array of another length than " + std::to_string(count));
}

void fail_codec(const Field& field, const Coded& type, const std::string& version) {
  malformed("expected what version " + std::to_string(type.version) + " of the codec of " + readable(*type.name) +
            " writes for " + text(field) + ", found version " + version);
}

void fail_alternative(const Field& field, std::size_t number, std::size_t count) {
  malformed("expected one of " + std::to_string(count) + " alternatives for " + text(field) + ", found " +
            (number == 0 ? std::string("none") : "number " + std::to_string(number)));
}

void fail_missing(const Record& record, const Field& field) {
  malformed(text(field) + " of " + record.name + " is missing, and its default is not known here");
}

void fail_memory(const Decoder& in, const Field& field) {
  throw Error(Code::too_large, "the message of " + std::to_string(in.size()) + " bytes has more elements in " +
                                   text(field) + " than memory is allowed for (Limits::max_frame)");
}

}  // namespace rpc::tagged
