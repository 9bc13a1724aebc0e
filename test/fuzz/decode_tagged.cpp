// Any bytes as a body in the tagged encoding: the result is a value or an error, and a value survives another round
// trip. The first byte chooses the type.
#include <cstdlib>
#include <cstring>

#include <rpc/error.h>

#include "runtime/wire/sample_tables.h"

namespace {

const rpc::Limits limits{.max_frame = 1 << 20};

template <class T>
void write(rpc::Buffer& buffer, const T& value) {
  rpc::Encoder out(buffer, limits, rpc::Encoding::tagged);
  rpc::tagged::write_result(out, rpc::Tagged<T>::type, &value);
}

template <class T>
void read(const std::byte* bytes, std::size_t size, T& value) {
  rpc::Decoder in(bytes, size, limits, nullptr, rpc::Encoding::tagged);
  rpc::tagged::read_result(in, rpc::Tagged<T>::type, &value);
}

template <class T>
bool read_any(const std::byte* bytes, std::size_t size, T& value) {
  try {
    read(bytes, size, value);
    return true;
  } catch (const rpc::Error& error) {
    if (error.code() != rpc::Code::malformed && error.code() != rpc::Code::too_large) std::abort();
    return false;
  }
}

/// A value may hold what was not read, and that need not be a declared enumerator: then it cannot be sent.
template <class T>
bool write_any(rpc::Buffer& buffer, const T& value) {
  try {
    write(buffer, value);
    return true;
  } catch (const rpc::Error& error) {
    if (error.code() != rpc::Code::marshalling && error.code() != rpc::Code::too_large) std::abort();
    return false;
  }
}

// Compared as bytes, for a NaN does not equal itself.
template <class T>
void check(const std::byte* bytes, std::size_t size) {
  T value{};
  rpc::Buffer once;
  rpc::Buffer twice;
  if (!read_any(bytes, size, value) || !write_any(once, value)) return;
  T again{};
  read(once.data(), once.size(), again);
  write(twice, again);
  if (once.size() != twice.size()) std::abort();
  if (once.size() != 0 && std::memcmp(once.data(), twice.data(), once.size()) != 0) std::abort();
}

/// Lists are what vectors are.
template <class T>
void check_lists(const std::byte* bytes, std::size_t size) {
  std::vector<T> vector;
  std::list<T> list;
  const bool good = read_any(bytes, size, vector);
  if (read_any(bytes, size, list) != good) std::abort();
  if (!good) return;
  rpc::Buffer one;
  rpc::Buffer other;
  write(one, vector);
  write(other, list);
  if (one.size() != other.size()) std::abort();
  if (one.size() != 0 && std::memcmp(one.data(), other.data(), one.size()) != 0) std::abort();
  check<std::vector<T>>(bytes, size);
}

using Any = std::variant<std::monostate, bool, std::string, home::Reading, std::list<std::u16string>, std::tuple<>>;

void check_type(unsigned type, const std::byte* bytes, std::size_t size) {
  switch (type) {
    case 0: return check<home::Reading>(bytes, size);
    case 1: return check<home::Room>(bytes, size);
    case 2: return check<home::Term>(bytes, size);
    case 3: return check<std::map<std::string, std::vector<home::Position>>>(bytes, size);
    case 4: return check<std::vector<std::optional<std::array<home::Vendor, 2>>>>(bytes, size);
    case 5: return check<std::pair<std::vector<bool>, std::set<std::uint8_t>>>(bytes, size);
    case 6:
      return check<std::tuple<std::u8string, std::u16string, std::array<float, 2>, std::deque<std::byte>>>(bytes, size);
    case 7: return check<std::multimap<std::string, std::multiset<std::uint16_t>>>(bytes, size);
    case 8: return check<std::vector<Any>>(bytes, size);
    case 9: return check_lists<std::int64_t>(bytes, size);
    case 10: return check_lists<float>(bytes, size);
    case 11: return check_lists<home::Room>(bytes, size);
    case 12: return check_lists<std::string>(bytes, size);
    case 13: return check<std::tuple<std::vector<std::uint8_t>, std::vector<double>, std::string>>(bytes, size);
    default: return check<std::vector<home::Reading>>(bytes, size);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  check_type(data[0] % 15, reinterpret_cast<const std::byte*>(data) + 1, size - 1);
  return 0;
}
