// The part of ChannelCore that sends maybe calls: as a datagram, else as a frame of the connection, else not at all.
#include "net/channel_core.h"
#include "net/messages.h"

#include <utility>

namespace rpc::net {

using internal::CallRequest;

namespace {

/// Oneway calls that may wait for a connection in the making.
constexpr std::size_t held_oneway_bytes = std::size_t{64} << 10;

constexpr std::size_t oneway_offset = internal::frame_header_room - header_size;

}  // namespace

void ChannelCore::send_oneway(CallRequest& request) {
  Lock lock(mutex_);
  const Bound* const bound = bound_of(request);
  if (bound == nullptr || outlived(request)) return drop_offline();
  const auto method = static_cast<std::uint16_t>(bound->base + request.method);
  const Sending sending{nullptr, method, flags_of(request)};
  if (state_ != State::up) return hold_oneway(sending, request.frame);
  if (Refusal refused = unsendable(request.frame, method)) throw std::move(*refused);
  if (bound->served && send_datagram(lock, sending, request)) return;
  if (stream_->out_.size() > options_.limits.max_send_buffer / 4)
    return counts_.add(&ChannelCounters::dropped_congested);
  put_oneway(sending, request.frame);
  flush_async(lock);
}

void ChannelCore::hold_oneway(const Sending& sending, Buffer& frame) {
  if (state_ == State::connecting && queued_bytes_ + frame.size() <= held_oneway_bytes) return enqueue(sending, frame);
  drop_offline();
}

void ChannelCore::drop_offline() {
  counts_.add(&ChannelCounters::dropped_offline);
  if (state_ == State::idle) begin_connecting();
}

// False, and with the lock, if the call has to go another way.
bool ChannelCore::send_datagram(Lock& lock, const Sending& sending, const CallRequest& request) noexcept {
  if (stream_->offer_) {  // the first call
    stream_->datagrams_ = DatagramSender::open(stream_->fd_.get(), *stream_->offer_, options_.limits);
    stream_->offer_.reset();
  }
  const std::size_t body = request.frame.size() - internal::frame_header_room;
  if (!stream_->datagrams_ || !stream_->datagrams_->ready(request.now, counts_)) return false;
  if (!stream_->datagrams_->takes(body)) return false;
  const std::shared_ptr<DatagramSender> sender = stream_->datagrams_;
  const DatagramHeader header = sender->next_call(sending.flags, sending.method);
  lock.unlock();
  counts_.add(sender->send(header, request.frame.data() + internal::frame_header_room, body));
  return true;
}

void ChannelCore::put_oneway(const Sending& sending, Buffer& frame) {
  put_header(frame.data() + oneway_offset, Kind::oneway, sending.flags, sending.method, 0,
             frame.size() - oneway_offset);
  stream_->out_.append(frame, oneway_offset);
  counts_.add(&ChannelCounters::frames_sent);
}

void ChannelCore::on_heard(ClientStream& stream, std::uint64_t accepted) noexcept {
  const Lock lock(mutex_);
  if (stream.datagrams_) stream.datagrams_->heard(accepted, now(), counts_);
}

}  // namespace rpc::net
