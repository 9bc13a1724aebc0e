#include <rpc/dynamic.h>
#include <rpc/outgoing.h>

#include <utility>

#include "pending_call.h"

namespace rpc {

namespace {

const InterfaceInfo& named(const Channel& channel, std::string_view interface,
                           const std::vector<std::string>& methods) {
  return channel.transport().named_interfaces.get(interface, methods);
}

void write_body(Encoder& out, std::span<const std::byte> body) {
  Writer at = out.begin();
  at.room(body.size());
  at.put_bytes(body.data(), body.size());
  out.commit(at);
}

void read_body(Decoder& in, DynamicClient::Body& body) {
  if (!in.tagged()) throw Error(Code::malformed, "the reply is in another encoding than its call");
  Reader at = in.begin();
  const std::size_t size = in.size();
  const std::byte* const bytes = at.get_bytes(size);
  body.assign(bytes, bytes + size);
  in.finish(at);
}

}  // namespace

DynamicClient::DynamicClient(const Channel& channel, std::string_view interface,
                             const std::vector<std::string>& methods, const CallOptions& options)
    : stub_(channel, options, named(channel, interface, methods)) {}

DynamicClient::DynamicClient(Stub stub) : stub_(std::move(stub)) {}

DynamicClient DynamicClient::with(const CallOptions& options) const { return DynamicClient(stub_.with(options)); }

std::uint16_t DynamicClient::index_of(std::string_view method) const {
  const InterfaceInfo& info = stub_.info();
  for (std::uint16_t i = 0; i < info.method_count; ++i) {
    if (info.methods[i].name == method) return i;
  }
  throw Error(Code::unimplemented,
              "this client of " + std::string(info.name) + " was not told of a method " + std::string(method));
}

DynamicClient::Body DynamicClient::call(std::string_view method, std::span<const std::byte> arguments) const {
  Outgoing call(stub_, index_of(method), Encoding::tagged);
  write_body(call.arguments(), arguments);
  return call.wait<Body>(&read_body);
}

Future<DynamicClient::Body> DynamicClient::async_call(std::string_view method,
                                                      std::span<const std::byte> arguments) const {
  Outgoing call(stub_, index_of(method), Encoding::tagged);
  write_body(call.arguments(), arguments);
  return call.start<Body>(&read_body);
}

void DynamicClient::send(std::string_view method, std::span<const std::byte> arguments) const {
  Outgoing call(stub_, index_of(method), Encoding::tagged);
  write_body(call.arguments(), arguments);
  call.send_maybe();
}

}  // namespace rpc
