// Calls of interfaces that are known by their names only: for tools and proxies, which were built without the header.
// Arguments and replies are bodies in the tagged encoding, which is the wire format of protobuf (docs/protocol.md).
//
//   rpc::DynamicClient thermostat(channel, "home::Thermostat", {"target", "record"});
//   rpc::DynamicClient::Body reply = thermostat.call("target", {});       // 09 00 00 00 00 00 80 35 40
#pragma once

#include <rpc/stub.h>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rpc {

/// Cheap to copy; any number of threads may use one. What a method is called with is not looked at here: a server says
/// what it does not understand.
class DynamicClient {
 public:
  using Body = std::vector<std::byte>;

  /// Wire names of the interface and of the methods that will be called. Equal ones share a binding of the channel.
  /// Throws Error (too_large) for more than 65535 methods.
  DynamicClient(const Channel& channel, std::string_view interface, const std::vector<std::string>& methods,
                const CallOptions& options = {});

  /// The same client with other options, for one call or many.
  DynamicClient with(const CallOptions& options) const;

  /// Waits for the reply. Throws Error; unimplemented for a method that the constructor was not told of.
  Body call(std::string_view method, std::span<const std::byte> arguments) const;

  /// Returns at once. Throws only for a method that the constructor was not told of, and for arguments that are too
  /// large.
  Future<Body> async_call(std::string_view method, std::span<const std::byte> arguments) const;

  /// Sends a one-way call if it can be sent now, and forgets it.
  void send(std::string_view method, std::span<const std::byte> arguments) const;

 private:
  explicit DynamicClient(Stub stub);
  std::uint16_t index_of(std::string_view method) const;

  Stub stub_;
};

}  // namespace rpc
