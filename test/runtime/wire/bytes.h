// Messages as tests write and compare them: hexadecimal text, and a value to a message and back.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <rpc/error.h>
#include <rpc/marshal.h>

namespace test {

/// "01 02 ff".
inline std::string hex(const std::byte* bytes, std::size_t size) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < size; ++i) {
    if (i != 0) text += ' ';
    text += digits[std::to_integer<unsigned>(bytes[i]) >> 4];
    text += digits[std::to_integer<unsigned>(bytes[i]) & 15];
  }
  return text;
}

/// The opposite of hex(); blanks do not matter.
inline std::vector<std::byte> from_hex(std::string_view text) {
  std::vector<std::byte> bytes;
  std::string digits;
  for (const char c : text) {
    if (c != ' ') digits += c;
    if (digits.size() == 2) {
      bytes.push_back(static_cast<std::byte>(std::stoi(digits, nullptr, 16)));
      digits.clear();
    }
  }
  return bytes;
}

inline const rpc::Limits& limits() {
  static const rpc::Limits limits;
  return limits;
}

/// A body of one value, in memory of exactly its size, so that AddressSanitizer sees every read past the end.
template <class T>
std::vector<std::byte> encoded(const T& value) {
  rpc::Buffer buffer;
  rpc::Encoder out(buffer, limits());
  rpc::Writer at = out.begin();
  at.write(value);
  out.commit(at);
  std::vector<std::byte> bytes(buffer.data(), buffer.data() + buffer.size());
  bytes.shrink_to_fit();
  return bytes;
}

template <class T>
std::string encoded_hex(const T& value) {
  const std::vector<std::byte> bytes = encoded(value);
  return hex(bytes.data(), bytes.size());
}

template <class T>
void decode_into(const std::byte* bytes, std::size_t size, T& value) {
  rpc::Decoder in(bytes, size, limits());
  rpc::Reader at = in.begin();
  at.read(value);
  in.finish(at);
}

template <class T>
void decode_into(const std::vector<std::byte>& bytes, T& value) {
  decode_into(bytes.data(), bytes.size(), value);
}

template <class T>
T decoded(const std::vector<std::byte>& bytes) {
  T value{};
  decode_into(bytes, value);
  return value;
}

/// The text of the malformed error that decoding gives, empty if there is none.
template <class T>
std::string complaint(const std::vector<std::byte>& bytes) {
  try {
    decoded<T>(bytes);
  } catch (const rpc::Error& error) {
    return error.code() == rpc::Code::malformed ? error.what() : std::string("not malformed: ") + error.what();
  }
  return {};
}

}  // namespace test
