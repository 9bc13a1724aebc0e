// What a generated header needs, and nothing heavier: the client's side of an interface without its types.
//
//   class ThermostatClient final : public Thermostat { …  ::rpc::Stub stub_; };
//   ThermostatClient ThermostatClient::with(rpc::CallOptions options) const { return
//   ThermostatClient(stub_.with(options)); }
#pragma once

#include <rpc/channel.h>
#include <rpc/duration.h>
#include <rpc/future.h>
#include <rpc/interface.h>
#include <rpc/options.h>
#include <rpc/receipt.h>
#include <rpc/ref.h>
#include <rpc/task.h>

#include <cstdint>

namespace rpc {

class Outgoing;

/// A channel, an interface and the options of its calls. Cheap to copy; any number of threads may use one.
class Stub {
 public:
  Stub(Channel channel, const CallOptions& options, const InterfaceInfo& info);

  /// The same with other options. Members that are not set keep what they were; metadata is replaced as a whole.
  Stub with(const CallOptions& options) const;

  /// Begins a call of info().methods[method]. See <rpc/outgoing.h>.
  Outgoing call(std::uint16_t method) const;

  /// The same for a message, whose arguments are always in the tagged encoding.
  Outgoing message(std::uint16_t method) const;

  const InterfaceInfo& info() const noexcept { return *info_; }
  const Channel& channel() const noexcept { return channel_; }

 private:
  friend class Outgoing;
  void set(const CallOptions& options);

  Channel channel_;
  const InterfaceInfo* info_;
  std::chrono::nanoseconds deadline_{0};
  internal::Ref<internal::SharedOptions> shared_;  // stop token and metadata, when there are any
  int priority_ = 0;
  bool independent_ = false;
  bool ordered_ = true;
};

}  // namespace rpc
