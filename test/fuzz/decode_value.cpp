// Any bytes as a message body: the result is a value or a malformed error, and a value survives another round trip.
// The first byte chooses the type, the second how far the body lies from an aligned address.
#include <cstdlib>
#include <cstring>

#include <rpc/error.h>

#include "runtime/wire/sample_codecs.h"

namespace {

const rpc::Limits limits;

template <class T>
void encode(rpc::Buffer& buffer, const T& value) {
  rpc::Encoder out(buffer, limits);
  rpc::Writer at = out.begin();
  at.write(value);
  out.commit(at);
}

template <class T>
void decode(const std::byte* bytes, std::size_t size, T& value) {
  rpc::Decoder in(bytes, size, limits);
  rpc::Reader at = in.begin();
  at.read(value);
  in.finish(at);
}

// Compared as bytes, for a NaN does not equal itself; the second decoding goes into a used object.
template <class T>
void check(const std::byte* bytes, std::size_t size) {
  T value{};
  rpc::Buffer once;
  rpc::Buffer twice;
  try {
    decode(bytes, size, value);
  } catch (const rpc::Error& error) {
    if (error.code() != rpc::Code::malformed) std::abort();
    return;
  }
  encode(once, value);
  decode(once.data(), once.size(), value);
  encode(twice, value);
  if (once.size() != twice.size() || std::memcmp(once.data(), twice.data(), once.size()) != 0) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::size_t shift = data[1] % 8;
  const std::size_t body = size - 2;
  std::byte* const memory = static_cast<std::byte*>(std::malloc(shift + body));
  std::byte* const bytes = memory + shift;
  if (body != 0) std::memcpy(bytes, data + 2, body);
  switch (data[0] % 8) {
    case 0: check<home::Reading>(bytes, body); break;
    case 1: check<home::Room>(bytes, body); break;
    case 2: check<std::map<std::string, std::vector<home::Reading>>>(bytes, body); break;
    case 3: check<std::vector<std::uint64_t>>(bytes, body); break;
    case 4: check<std::set<std::pair<bool, std::string>>>(bytes, body); break;
    case 5: check<std::vector<std::optional<std::array<home::Vendor, 2>>>>(bytes, body); break;
    case 6: check<std::pair<std::vector<bool>, std::vector<home::Position>>>(bytes, body); break;
    default: check<std::vector<std::array<home::Empty, 2>>>(bytes, body); break;
  }
  std::free(memory);
  return 0;
}
