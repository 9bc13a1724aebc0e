#include "net/balance/peer.h"

#include "net/balance/balancer.h"

#include <utility>

namespace rpc::net {

Peer::Peer(Balancer& balancer, Url url, const ChannelOptions& options)
    : balancer_(balancer), url_(std::move(url)), core_(new ChannelCore(url_, options)) {
  balancer_.retain();
  core_->observe(*this);
}

// The channel tells nothing more from here on.
Peer::~Peer() {
  internal::release(static_cast<internal::ClientTransport*>(core_));
  balancer_.release();
}

void Peer::on_up() noexcept { balancer_.peer_is_up(*this); }

void Peer::on_leaving() noexcept { balancer_.peer_is_leaving(*this); }

void Peer::on_idle(std::string_view reason) noexcept { balancer_.peer_is_idle(*this, reason); }

}  // namespace rpc::net
