#include <rpc/channel.h>
#include <rpc/message.h>

#include "net/channel_core.h"

namespace rpc {

MessageTransport& net::ChannelCore::queue() { return messages_ ? *messages_ : default_queue(); }

ChannelCounters Channel::counters() const noexcept {
  return static_cast<const net::ChannelCore&>(*transport_).counters();
}

Channel connect(std::string_view url, const ChannelOptions& options) {
  net::Url parsed = net::parse_url(url);
  const bool carries_calls = parsed.scheme != net::Url::Scheme::broker;
  auto* core = new net::ChannelCore(std::move(parsed), options);
  internal::Ref<internal::ClientTransport> transport = internal::Ref<internal::ClientTransport>::adopt(core);
  if (carries_calls) core->connect_early();
  return Channel(std::move(transport));
}

}  // namespace rpc
