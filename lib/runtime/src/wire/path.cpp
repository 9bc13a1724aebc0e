#include <rpc/wire/path_codec.h>

#include <string>

namespace rpc {

std::byte* Codec<std::filesystem::path>::encode(Encoder& out, std::byte* to, const std::filesystem::path& value) {
  const std::u8string text = value.generic_u8string();
  if (text.find(u8'\0') != std::u8string::npos) wire::fail_path_sent();
  Writer at(out, to);
  at.room(max_length_size + text.size());
  at.put_length(text.size());
  at.put_bytes(text.data(), text.size());
  return at.place();
}

const std::byte* Codec<std::filesystem::path>::decode(Decoder& in, const std::byte* from,
                                                      std::filesystem::path& value) {
  std::string text;
  const std::byte* const end = wire::read_text(in, from, text);
  if (text.find('\0') != std::string::npos) wire::fail_path_received(in, from);
  value.assign(std::u8string(text.begin(), text.end()));
  return end;
}

}  // namespace rpc
