// Any bytes as a datagram: what is taken for whole lies within its bytes and is what its header says. The rest of the
// input is fed to a replay window as numbers, which takes none twice.
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <set>

#include "net/datagram.h"
#include "net/replay_window.h"

namespace {

using namespace rpc::net;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_datagram(const std::byte* bytes, std::size_t size) {
  Datagram datagram;
  if (read_datagram(bytes, size, datagram) != Reading::whole) return;
  DatagramHeader header;
  require(size >= sizeof header);
  std::memcpy(&header, bytes, sizeof header);
  const Frame& frame = datagram.frame;
  require(header.sequence == datagram.sequence && header.token == datagram.token && header.kind == datagram.kind);
  require(frame.header.method == header.method && frame.header.flags == header.flags);
  require(frame.body >= bytes + sizeof header && frame.body + frame.body_size == bytes + size);
  require((frame.metadata != nullptr) == ((header.flags & has_metadata) != 0));
  if (frame.metadata != nullptr) require(frame.metadata + frame.metadata_size == frame.body);
}

void check_window(const std::uint8_t* data, std::size_t size) {
  ReplayWindow window;
  std::set<std::uint64_t> taken;
  std::uint64_t number = 0;
  for (std::size_t i = 0; i + 1 < size; i += 2) {
    const std::uint64_t step = std::uint64_t{data[i]} << (data[i + 1] & 0x1f);
    number += (data[i + 1] & 0x80) != 0 ? step : 0 - step;
    if (window.admit(number)) require(taken.insert(number).second);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = std::make_unique<std::byte[]>(size);  // so that reading past its end is seen
  if (size != 0) std::memcpy(bytes.get(), data, size);
  check_datagram(bytes.get(), size);
  check_window(data, size);
  return 0;
}
