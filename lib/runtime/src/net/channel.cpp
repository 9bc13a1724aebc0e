#include <rpc/channel.h>
#include <rpc/message.h>

#include "net/channel_core.h"

namespace rpc {

MessageTransport& net::ChannelCore::queue() { return messages_ ? *messages_ : default_queue(); }

ChannelCounters Channel::counters() const noexcept {
  return static_cast<const net::ChannelCore&>(*transport_).counters();
}

Channel connect(std::string_view url, const ChannelOptions& options) {
  auto* core = new net::ChannelCore(net::parse_url(url), options);
  internal::Ref<internal::ClientTransport> transport = internal::Ref<internal::ClientTransport>::adopt(core);
  core->connect_early();
  return Channel(std::move(transport));
}

}  // namespace rpc
