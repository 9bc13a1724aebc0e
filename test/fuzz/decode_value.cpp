// Any bytes as a message body: the result is a value or a malformed error, and a value survives another round trip.
// The first byte chooses the type, the second how far the body lies from an aligned address.
#include <algorithm>
#include <cstdlib>
#include <cstring>

#include <rpc/error.h>
#include <rpc/view_memory.h>

#include "runtime/wire/own_codecs.h"
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

// What has no order of its own comes out in any: compared as values.
template <class T>
void check_unordered(const std::byte* bytes, std::size_t size) {
  T value{};
  try {
    decode(bytes, size, value);
  } catch (const rpc::Error& error) {
    if (error.code() != rpc::Code::malformed) std::abort();
    return;
  }
  rpc::Buffer buffer;
  encode(buffer, value);
  T again{};
  decode(buffer.data(), buffer.size(), again);
  if (again != value) std::abort();
}

// The bytes of lists are those of vectors, and whatever is no vector is none of the others.
template <class T>
void check_lists(const std::byte* bytes, std::size_t size) {
  check<std::pair<bool, std::deque<T>>>(bytes, size);
  check<std::pair<bool, std::list<T>>>(bytes, size);
  check<std::pair<bool, std::forward_list<T>>>(bytes, size);
  std::pair<bool, std::vector<T>> vector;
  std::pair<bool, std::deque<T>> deque;
  std::pair<bool, std::list<T>> list;
  std::pair<bool, std::forward_list<T>> forward_list;
  const auto decodes = [&](auto& value) {
    try {
      decode(bytes, size, value);
    } catch (const rpc::Error&) {
      return false;
    }
    return true;
  };
  const bool good = decodes(vector);
  if (decodes(deque) != good || decodes(list) != good || decodes(forward_list) != good) std::abort();
  if (!good) return;
  rpc::Buffer expected;
  encode(expected, vector);
  const auto expect_same = [&](const auto& value) {
    rpc::Buffer buffer;
    encode(buffer, value);
    if (buffer.size() != expected.size()) std::abort();
    if (std::memcmp(buffer.data(), expected.data(), buffer.size()) != 0) std::abort();
  };
  expect_same(deque);
  expect_same(list);
  expect_same(forward_list);
}

using Least = std::priority_queue<std::string, std::deque<std::string>, std::greater<std::string>>;
using Texts = std::vector<std::shared_ptr<const std::string>>;

using Any = std::variant<std::monostate, bool, std::string, home::Reading, std::list<std::u16string>, std::tuple<>>;

// Views are what they point to, and can be read where they point.
void check_views(const std::byte* bytes, std::size_t size) {
  std::tuple<std::string_view, std::span<const std::uint64_t>, std::vector<std::u16string_view>> views;
  std::tuple<std::string, std::vector<std::uint64_t>, std::vector<std::u16string>> owners;
  rpc::internal::ViewMemory memory;
  const auto decodes = [&](auto& value) {
    rpc::Decoder in(bytes, size, limits, &memory);
    try {
      rpc::Reader at = in.begin();
      at.read(value);
      in.finish(at);
    } catch (const rpc::Error& error) {
      if (error.code() != rpc::Code::malformed) std::abort();
      return false;
    }
    return true;
  };
  const bool good = decodes(owners);
  if (decodes(views) != good) std::abort();
  if (!good) return;
  const std::vector<std::u16string_view>& texts = std::get<2>(views);
  const bool same = std::get<0>(views) == std::get<0>(owners) &&
                    std::ranges::equal(std::get<1>(views), std::get<1>(owners)) &&
                    std::ranges::equal(texts, std::get<2>(owners));
  if (!same) std::abort();
}

void check_type(unsigned type, const std::byte* bytes, std::size_t size) {
  switch (type) {
    case 0: return check<home::Reading>(bytes, size);
    case 1: return check<home::Room>(bytes, size);
    case 2: return check<std::map<std::string, std::vector<home::Reading>>>(bytes, size);
    case 3: return check<std::vector<std::uint64_t>>(bytes, size);
    case 4: return check<std::set<std::pair<bool, std::string>>>(bytes, size);
    case 5: return check<std::vector<std::optional<std::array<home::Vendor, 2>>>>(bytes, size);
    case 6: return check<std::pair<std::vector<bool>, std::vector<home::Position>>>(bytes, size);
    case 7: return check<std::vector<std::array<home::Empty, 2>>>(bytes, size);
    case 8: return check_lists<std::uint64_t>(bytes, size);
    case 9: return check_lists<std::string>(bytes, size);
    case 10: return check<std::tuple<std::u8string, std::u16string, std::u32string, std::tuple<>>>(bytes, size);
    case 11: return check<std::multimap<std::string, std::multiset<std::uint16_t>>>(bytes, size);
    case 12: return check_unordered<std::unordered_multimap<bool, std::u16string>>(bytes, size);
    case 13: return check_unordered<std::unordered_multiset<std::string>>(bytes, size);
    case 14: return check<std::deque<Any>>(bytes, size);
    case 15: return check<home::Term>(bytes, size);
    case 16: return check<std::tuple<std::complex<float>, std::list<std::complex<double>>>>(bytes, size);
    case 17: return check<home::Link>(bytes, size);
    case 18:
      return check<std::tuple<Texts, std::shared_ptr<home::Link>, Texts, std::shared_ptr<home::Link>>>(bytes, size);
    case 19: return check<std::pair<Least, std::stack<std::bitset<12>>>>(bytes, size);
    case 20: return check<std::tuple<std::filesystem::path, std::error_code, std::wstring>>(bytes, size);
    case 22: return check<std::pair<std::vector<own::Angle>, own::Samples>>(bytes, size);
    case 23: return check<std::vector<own::Tree>>(bytes, size);
    case 21: return check_views(bytes, size);
    default:
      return check<std::map<std::string, std::unique_ptr<std::optional<std::unique_ptr<home::Reading>>>>>(bytes, size);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::size_t shift = data[1] % 8;
  const std::size_t body = size - 2;
  std::byte* const memory = static_cast<std::byte*>(std::malloc(shift + body));
  std::byte* const bytes = memory + shift;
  if (body != 0) std::memcpy(bytes, data + 2, body);
  check_type(data[0] % 25, bytes, body);
  std::free(memory);
  return 0;
}
