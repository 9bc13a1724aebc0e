// A way to a server, which any number of clients share.
//
//   rpc::Channel channel = rpc::connect("tcp://127.0.0.1:7000");
//   home::ThermostatClient thermostat(channel);
#pragma once

#include <rpc/ref.h>

#include <utility>

namespace rpc {

/// Cheap to copy: the copies share the connection. Thread-safe.
class Channel {
 public:
  explicit Channel(internal::Ref<internal::ClientTransport> transport) noexcept : transport_(std::move(transport)) {}

  internal::ClientTransport& transport() const noexcept { return *transport_; }

 private:
  internal::Ref<internal::ClientTransport> transport_;
};

}  // namespace rpc
