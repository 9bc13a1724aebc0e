#include <rpc/channel.h>
#include <rpc/message.h>

#include "net/balance/balancer.h"
#include "net/channel_core.h"

namespace rpc {

// A queue of the channel's own had that from the beginning, for what is left from an earlier process.
MessageTransport& net::ChannelCore::queue() {
  if (messages_) return *messages_;
  MessageTransport& queue = default_queue();
  if (tls_) std::call_once(default_queue_, [&] { queue.use(address_, Tls(tls_)); });
  return queue;
}

ChannelCounters Channel::counters() const noexcept { return transport_->counters(); }

void Channel::set_metadata(const MetadataRef& metadata) const { transport_->metadata.set(metadata); }

Channel connect(std::string_view url, const ChannelOptions& options) {
  std::vector<net::Url> parsed = net::parse_urls(url);
  const bool carries_calls = parsed.front().scheme != net::Url::Scheme::broker;
  if (parsed.size() > 1 || (options.balance.every_address && carries_calls))
    return Channel(net::Balancer::make(url, parsed, options));
  auto* core = new net::ChannelCore(std::move(parsed.front()), options);
  internal::Ref<internal::ClientTransport> transport = internal::Ref<internal::ClientTransport>::adopt(core);
  transport->metadata.begin_traces(options.traced);
  if (carries_calls) core->connect_early();
  return Channel(std::move(transport));
}

}  // namespace rpc
