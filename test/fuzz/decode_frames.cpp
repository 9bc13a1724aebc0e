// Any bytes as a stream of frames: handshake, binding, calls and failures of both directions, without sockets. What the
// input buffer finds in pieces is what the parser finds in the whole, and messages survive another round trip.
// The first byte chooses the longest body, the second how the stream is cut into pieces.
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

#include <rpc/error.h>

#include "net/binding.h"
#include "net/in_buffer.h"
#include "net/messages.h"

namespace {

using namespace rpc::net;

void require(bool holds) {
  if (!holds) std::abort();
}

// --- messages
// ---------------------------------------------------------------------------------------------------------

bool same(const Hello& a, const Hello& b) {
  return a.oldest_version == b.oldest_version && a.newest_version == b.newest_version && a.max_frame == b.max_frame &&
         a.datagrams == b.datagrams;
}

bool same(const Welcome& a, const Welcome& b) {
  return a.version == b.version && a.max_in_flight == b.max_in_flight && a.max_frame == b.max_frame &&
         a.datagrams == b.datagrams;
}

bool same(const Bind& a, const Bind& b) {
  return a.base == b.base && a.name == b.name && a.fingerprint == b.fingerprint && a.methods == b.methods;
}

bool same(const rpc::Error& a, const rpc::Error& b) {
  return a.code() == b.code() && std::strcmp(a.what(), b.what()) == 0 && a.remote_type() == b.remote_type();
}

/// The frame that was just written.
Frame parsed(const rpc::Buffer& buffer) {
  Frame frame;
  require(parse_frame(buffer.data(), buffer.size(), buffer.size(), frame) == Parse::frame);
  require(frame.total == buffer.size());
  return frame;
}

void check_hello(const Frame& frame) {
  const Hello hello = read_hello(frame);
  rpc::Buffer again;
  put_hello(again, hello);
  require(same(read_hello(parsed(again)), hello));
}

void check_welcome(const Frame& frame) {
  const Welcome welcome = read_welcome(frame);
  rpc::Buffer again;
  put_welcome(again, welcome);
  require(same(read_welcome(parsed(again)), welcome));
}

/// Texts end at a byte 0 or at their longest when they are written again: then the round trip may differ.
bool plain(const std::string& text) { return text.size() <= 4096 && text.find('\0') == std::string::npos; }

void check_failure(const Frame& frame) {
  const rpc::Error error = read_failure(frame);
  if (!plain(error.what()) || !plain(error.remote_type())) return;
  rpc::Buffer again;
  put_failure(again, frame.header.call, error);
  require(same(read_failure(parsed(again)), error));
}

// --- binding
// ----------------------------------------------------------------------------------------------------------

constexpr rpc::MethodInfo served_methods[] = {{.name = "target"}, {.name = "history"}, {.name = "heartbeat"}};
constexpr rpc::InterfaceInfo served{
    .name = "home::Thermostat", .fingerprint = 0x2aca26694e9b64c5, .methods = served_methods, .method_count = 3};

void check_bind_again(const Bind& bind) {
  if (!plain(bind.name) || !std::all_of(bind.methods.begin(), bind.methods.end(), plain)) return;
  std::vector<rpc::MethodInfo> methods;
  for (const std::string& name : bind.methods) methods.push_back({.name = name.c_str()});
  rpc::Buffer again;
  put_bind(again, bind.base,
           {.name = bind.name.c_str(),
            .fingerprint = bind.fingerprint,
            .methods = methods.data(),
            .method_count = static_cast<std::uint16_t>(methods.size())});
  require(same(read_bind(parsed(again)), bind));
}

/// A server that has one interface, and what clients bind on one connection.
class Server {
 public:
  void bind(const Frame& frame) {
    const Bind bind = read_bind(frame);
    check_bind_again(bind);
    const Bindings::Answer answer = bindings_.add(bind, bind.name == served.name ? &registered_ : nullptr);
    require((answer.refused == nullptr) == (bind.name == served.name));
    require((answer.encoding == rpc::Encoding::exact) == (bind.fingerprint == served.fingerprint && !answer.refused));
    for (std::size_t i = 0; i < bind.methods.size(); ++i) look_up(static_cast<std::uint16_t>(bind.base + i));
  }

  void look_up(std::uint16_t number) {
    const Target target = bindings_.find(number);
    if (target.registered != nullptr) {
      require(target.registered == &registered_ && target.method < served.method_count);
    } else {
      const rpc::Code code = bindings_.refusal(number).code();
      require(code == rpc::Code::unimplemented || code == rpc::Code::incompatible);
    }
  }

 private:
  const Registered registered_{.skeleton = {.info = &served}, .owner = nullptr};
  Bindings bindings_;
};

void handle(const Frame& frame, Server& server) {
  switch (frame.header.kind) {
    case Kind::hello: return check_hello(frame);
    case Kind::welcome: return check_welcome(frame);
    case Kind::bind: return server.bind(frame);
    case Kind::bound: return void(read_bound(frame));
    case Kind::failure: return check_failure(frame);
    case Kind::heard: return void(read_heard(frame));
    default: return server.look_up(frame.header.method);
  }
}

void handle_any(const Frame& frame, Server& server) {
  try {
    handle(frame, server);
  } catch (const rpc::Error& error) {
    require(error.code() == rpc::Code::malformed || error.code() == rpc::Code::incompatible);
  }
}

// --- frames
// -----------------------------------------------------------------------------------------------------------

void check_extent(const Frame& frame, const std::byte* begin, std::size_t size, std::size_t max_body) {
  require(frame.total <= size);
  require(frame.body >= begin && frame.body + frame.body_size == begin + frame.total);
  require(frame.body_size + frame.metadata_size <= max_body);
  if (frame.metadata != nullptr) require(frame.metadata + frame.metadata_size == frame.body);
}

bool same(const Frame& a, const Frame& b) {
  return std::memcmp(&a.header, &b.header, sizeof a.header) == 0 && a.deadline_ms == b.deadline_ms &&
         a.metadata_size == b.metadata_size && a.body_size == b.body_size && a.total == b.total &&
         std::memcmp(a.body, b.body, a.body_size) == 0;
}

/// Feeds the stream piece by piece and compares with the parser on the whole.
void check_stream(const std::byte* bytes, std::size_t size, std::size_t max_body, std::size_t piece) {
  Server server;
  InBuffer in(max_body, piece % 2 == 0 ? header_size : call_header_size);
  std::size_t fed = 0;
  std::size_t seen = 0;
  while (true) {
    Frame expected;
    const Parse parse = parse_frame(bytes + seen, fed - seen, max_body, expected);
    Frame found;
    require(in.next(found) == parse);
    if (parse == Parse::bad) return require(found.problem != nullptr && expected.problem != nullptr);
    if (parse == Parse::frame) {
      check_extent(expected, bytes + seen, fed - seen, max_body);
      require(same(found, expected));
      handle_any(found, server);
      seen += expected.total;
      continue;
    }
    require(in.partial() == (seen != fed));
    if (fed == size) return;
    const InBuffer::Space space = in.space();
    const std::size_t taken = std::min({piece, space.size, size - fed});
    require(taken != 0);
    std::memcpy(space.at, bytes + fed, taken);
    in.add(taken);
    fed += taken;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::size_t stream = size - 2;
  const auto bytes = std::make_unique<std::byte[]>(stream);  // so that reading past its end is seen
  if (stream != 0) std::memcpy(bytes.get(), data + 2, stream);
  const std::size_t max_body = data[0] % 2 == 0 ? max_handshake_body : std::size_t{1} << 24;
  check_stream(bytes.get(), stream, max_body, data[1] == 0 ? size : data[1]);
  return 0;
}
