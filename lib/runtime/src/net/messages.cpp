#include "net/messages.h"

#include <algorithm>

namespace rpc::net {

namespace {

constexpr std::size_t max_text = 4096;

/// In hello: what else the client can do.
constexpr std::uint8_t sends_datagrams = 1;
constexpr std::uint8_t leaves_at_goodbye = 2;

/// Appends one frame; its size is known when the object goes.
class FrameWriter {
 public:
  FrameWriter(Buffer& out, Kind kind, std::uint16_t method, std::uint32_t call, std::uint8_t flags = 0)
      : out_(out), start_(out.size()), kind_(kind), flags_(flags), method_(method), call_(call) {
    out.resize(start_ + header_size);
  }
  ~FrameWriter() { put_header(out_.data() + start_, kind_, flags_, method_, call_, out_.size() - start_); }

  template <class T>
  void put(T value) {
    out_.append(&value, sizeof value);
  }

  void put(std::string_view text) {
    text = text.substr(0, max_text);
    put(static_cast<std::uint16_t>(text.size()));
    out_.append(text.data(), text.size());
  }

 private:
  Buffer& out_;
  std::size_t start_;
  Kind kind_;
  std::uint8_t flags_;
  std::uint16_t method_;
  std::uint32_t call_;
};

/// Takes values from a frame's body, and nothing that is not there.
class FrameReader {
 public:
  explicit FrameReader(const Frame& frame) : at_(frame.body), left_(frame.body_size) {}

  template <class T>
  T get() {
    T value;
    std::memcpy(&value, take(sizeof value), sizeof value);
    return value;
  }

  std::string text() {
    const std::size_t size = get<std::uint16_t>();
    return {reinterpret_cast<const char*>(take(size)), size};
  }

  std::size_t left() const { return left_; }

  void finish() const {
    if (left_ != 0) throw Error(Code::malformed, "a frame of the protocol has bytes after its end");
  }

 private:
  const std::byte* take(std::size_t size) {
    if (left_ < size) throw Error(Code::malformed, "a frame of the protocol ends too early");
    const std::byte* taken = at_;
    at_ += size;
    left_ -= size;
    return taken;
  }

  const std::byte* at_;
  std::size_t left_;
};

void put_error(FrameWriter& to, const Error& error) {
  to.put(error.code());
  to.put(std::string_view(error.what()));
  to.put(std::string_view(error.remote_type()));
}

void check_magic(FrameReader& from) {
  if (from.get<std::uint32_t>() != magic) throw Error(Code::malformed, "the peer does not speak Farcall");
}

DatagramOffer read_offer(FrameReader& from) {
  DatagramOffer offer;
  offer.port = from.get<std::uint16_t>();
  offer.max_size = from.get<std::uint16_t>();
  offer.token = from.get<Token>();
  if (offer.port == 0) throw Error(Code::malformed, "the server offers datagrams without a port");
  return offer;
}

}  // namespace

Code checked_code(std::uint8_t code) noexcept {
  const bool known =
      code >= static_cast<std::uint8_t>(Code::cancelled) && code <= static_cast<std::uint8_t>(Code::denied);
  return known ? static_cast<Code>(code) : Code::internal;
}

void check_max_frame(std::uint64_t max_frame) {
  if (max_frame >= least_max_frame) return;
  throw Error(Code::malformed, "the peer's max_frame of " + std::to_string(max_frame) + " is less than the " +
                                   std::to_string(least_max_frame) + " bytes that everybody accepts");
}

void put_hello(Buffer& out, const Hello& hello) {
  FrameWriter to(out, Kind::hello, 0, 0);
  to.put(magic);
  to.put(hello.oldest_version);
  to.put(hello.newest_version);
  to.put(hello.max_frame);
  const int abilities = (hello.datagrams ? sends_datagrams : 0) | (hello.leaves ? leaves_at_goodbye : 0);
  if (abilities != 0) to.put(static_cast<std::uint8_t>(abilities));
}

Hello read_hello(const Frame& frame) {
  FrameReader from(frame);
  check_magic(from);
  Hello hello;
  hello.oldest_version = from.get<std::uint16_t>();
  hello.newest_version = from.get<std::uint16_t>();
  hello.max_frame = from.get<std::uint64_t>();
  const std::uint8_t abilities = from.left() != 0 ? from.get<std::uint8_t>() : std::uint8_t{0};
  hello.datagrams = (abilities & sends_datagrams) != 0;
  hello.leaves = (abilities & leaves_at_goodbye) != 0;
  return hello;  // a newer version may say more
}

void put_welcome(Buffer& out, const Welcome& welcome) {
  FrameWriter to(out, Kind::welcome, 0, 0);
  to.put(magic);
  to.put(welcome.version);
  to.put(welcome.max_in_flight);
  to.put(welcome.max_frame);
  if (!welcome.datagrams) return;
  to.put(welcome.datagrams->port);
  to.put(welcome.datagrams->max_size);
  to.put(welcome.datagrams->token);
}

Welcome read_welcome(const Frame& frame) {
  FrameReader from(frame);
  check_magic(from);
  Welcome welcome;
  welcome.version = from.get<std::uint16_t>();
  welcome.max_in_flight = from.get<std::uint32_t>();
  welcome.max_frame = from.get<std::uint64_t>();
  if (from.left() != 0) welcome.datagrams = read_offer(from);
  from.finish();
  if (welcome.version != protocol_version) throw Error(Code::incompatible, "the server chose a version never offered");
  return welcome;
}

void put_bind(Buffer& out, std::uint16_t base, const InterfaceInfo& interface) {
  FrameWriter to(out, Kind::bind, base, 0);
  to.put(std::string_view(interface.name));
  to.put(interface.fingerprint);
  to.put(interface.method_count);
  for (std::uint16_t i = 0; i < interface.method_count; ++i) to.put(std::string_view(interface.methods[i].name));
}

std::size_t bind_size(const InterfaceInfo& interface) {
  const auto text_size = [](const char* text) {
    return sizeof(std::uint16_t) + std::min(std::string_view(text).size(), max_text);
  };
  std::size_t size = text_size(interface.name) + sizeof interface.fingerprint + sizeof interface.method_count;
  for (std::uint16_t i = 0; i < interface.method_count; ++i) size += text_size(interface.methods[i].name);
  return size;
}

Bind read_bind(const Frame& frame) {
  FrameReader from(frame);
  Bind bind;
  bind.base = frame.header.method;
  bind.name = from.text();
  bind.fingerprint = from.get<std::uint64_t>();
  const std::size_t count = from.get<std::uint16_t>();
  if (count > from.left() / sizeof(std::uint16_t))
    throw Error(Code::malformed, "bind lists more methods than it holds");
  if (bind.base + count > 0x10000) throw Error(Code::malformed, "bind numbers methods beyond 65535");
  bind.methods.reserve(count);
  for (std::size_t i = 0; i < count; ++i) bind.methods.push_back(from.text());
  from.finish();
  return bind;
}

void put_bound(Buffer& out, std::uint16_t base, Encoding encoding) {
  FrameWriter to(out, Kind::bound, base, 0);
  to.put(std::uint8_t{0});
  to.put(encoding);
}

void put_bound(Buffer& out, std::uint16_t base, const Error& error) {
  FrameWriter to(out, Kind::bound, base, 0);
  put_error(to, error);
}

// A code and its texts are not looked at: where an interface was refused, each call is.
std::optional<Encoding> read_bound(const Frame& frame) {
  FrameReader from(frame);
  if (from.get<std::uint8_t>() != 0) return std::nullopt;
  const auto encoding = from.get<std::uint8_t>();
  from.finish();
  if (encoding > static_cast<std::uint8_t>(Encoding::tagged))
    throw Error(Code::malformed, "an unknown encoding is bound");
  return static_cast<Encoding>(encoding);
}

void put_failure(Buffer& out, std::uint32_t call, const Error& error, std::uint8_t flags) {
  FrameWriter to(out, Kind::failure, 0, call, flags);
  put_error(to, error);
}

Error read_failure(const Frame& frame) {
  FrameReader from(frame);
  const Code code = checked_code(from.get<std::uint8_t>());
  std::string text = from.text();
  std::string type = from.text();
  from.finish();
  return Error(code, std::move(text), std::move(type));
}

void put_bare(Buffer& out, Kind kind, std::uint32_t call) { FrameWriter to(out, kind, 0, call); }

void put_heard(Buffer& out, std::uint64_t accepted) { FrameWriter(out, Kind::heard, 0, 0).put(accepted); }

std::uint64_t read_heard(const Frame& frame) {
  FrameReader from(frame);
  const auto accepted = from.get<std::uint64_t>();
  from.finish();
  return accepted;
}

}  // namespace rpc::net
