// The codec of std::error_code: its value as an int32, then two texts, the name of its category and its message.
//
// std::generic_category() and std::system_category() arrive as such, and so do those of iostreams and futures. A
// category of any other name arrives as a stand-in: another object, so that it equals no category of this process, but
// with the same name, equal to itself for every code of that name, and giving the message that came with the code.
// A process remembers at most 1024 such codes, and 256 bytes of each text; codes beyond that arrive in the category
// "unknown", with their value and no message of their own.
//
//   at.write(std::make_error_code(std::errc::timed_out));  // 6e 00 00 00  07 "generic"  14 "Connection timed out"
#pragma once

#include <cstddef>
#include <string>
#include <system_error>

#include <rpc/wire/codec.h>

namespace rpc {

namespace wire {

/// Of what was received: in the category of that name if there is one, else in one that stands for it.
std::error_code make_error_code(int value, std::string category, std::string message);

}  // namespace wire

template <>
struct Codec<std::error_code> {
  static constexpr std::size_t min_size = 6;
  static std::byte* encode(Encoder& out, std::byte* to, const std::error_code& value);
  static const std::byte* decode(Decoder& in, const std::byte* from, std::error_code& value);
};

}  // namespace rpc
