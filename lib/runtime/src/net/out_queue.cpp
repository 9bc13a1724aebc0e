#include "net/out_queue.h"

#include "net/cipher.h"
#include "net/socket.h"

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace rpc::net {

Buffer& OutQueue::gather() {
  if (waiting_.empty() || !waiting_.back().gathers || waiting_.back().bytes.size() >= flush_at) {
    spare_.clear();
    waiting_.push_back({std::move(spare_), 0, true});
  }
  return waiting_.back().bytes;
}

void OutQueue::append(const std::byte* bytes, std::size_t size) {
  gather().append(bytes, size);
  size_ += size;
}

void OutQueue::append(Buffer& frame, std::size_t offset) {
  const std::size_t size = frame.size() - offset;
  if (size <= large_frame) return append(frame.data() + offset, size);
  waiting_.push_back({std::move(frame), offset, false});
  size_ += size;
}

void OutQueue::append_batch(Buffer& frames) {
  if (!waiting_.empty() && frames.size() <= large_frame) return append(frames.data(), frames.size());
  size_ += frames.size();
  waiting_.push_back({std::move(frames), 0, true});
  frames = std::move(spare_);
}

void OutQueue::begin() {
  sent_ = 0;
  if (first_ == sending_.size()) {
    sending_.clear();
    first_ = 0;
    std::swap(sending_, waiting_);
    return;
  }
  for (Segment& segment : waiting_) sending_.push_back(std::move(segment));
  waiting_.clear();
}

Sent OutQueue::send(int fd) noexcept {
  while (first_ < sending_.size()) {
    const ssize_t sent = send_some(fd);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return errno == EAGAIN || errno == EWOULDBLOCK ? Sent::some : Sent::failed;
    take(static_cast<std::size_t>(sent));
  }
  return Sent::all;
}

Sent OutQueue::send(int fd, Cipher& cipher) noexcept {
  do {
    if (encrypted_ == 0 && !encrypt_some(cipher)) return Sent::failed;
    if (const Sent sent = cipher.send(fd); sent != Sent::all) return sent;
    take(std::exchange(encrypted_, 0));
  } while (first_ < sending_.size());
  return Sent::all;
}

// The other end decrypts what was sent while the rest is encrypted. A short rest goes along: it is not worth a system
// call.
bool OutQueue::encrypt_some(Cipher& cipher) noexcept {
  constexpr std::size_t at_once = std::size_t{16} << 10;  // a record of TLS
  for (std::size_t i = first_; i < sending_.size() && encrypted_ < at_once; ++i) {
    Segment& segment = sending_[i];
    const std::size_t rest = segment.bytes.size() - segment.begin;
    const std::size_t size = rest <= at_once * 3 / 2 ? rest : at_once;
    if (!cipher.encrypt(segment.bytes.data() + segment.begin, size)) return false;
    encrypted_ += size;
  }
  return true;
}

ssize_t OutQueue::send_some(int fd) noexcept {
  constexpr int flags = MSG_NOSIGNAL | MSG_DONTWAIT;
  std::array<iovec, 16> parts;
  const std::size_t count = std::min(parts.size(), sending_.size() - first_);
  for (std::size_t i = 0; i < count; ++i) {
    Segment& segment = sending_[first_ + i];
    parts[i] = {segment.bytes.data() + segment.begin, segment.bytes.size() - segment.begin};
  }
  if (count == 1) return net::send(fd, parts[0].iov_base, parts[0].iov_len, flags);
  msghdr message{};
  message.msg_iov = parts.data();
  message.msg_iovlen = count;
  return ::sendmsg(fd, &message, flags);
}

void OutQueue::take(std::size_t sent) noexcept {
  sent_ += sent;
  while (first_ < sending_.size()) {
    Segment& segment = sending_[first_];
    const std::size_t taken = std::min(sent, segment.bytes.size() - segment.begin);
    segment.begin += taken;
    sent -= taken;
    if (segment.begin != segment.bytes.size()) return;
    ++first_;
  }
}

void OutQueue::end() {
  size_ -= std::exchange(sent_, 0);
  if (first_ != sending_.size()) return;
  for (Segment& segment : sending_) {
    if (segment.gathers && spare_.capacity() == 0) spare_ = std::move(segment.bytes);
  }
  sending_.clear();
  first_ = 0;
}

void OutQueue::clear() noexcept {
  waiting_.clear();
  sending_.clear();
  first_ = size_ = sent_ = encrypted_ = 0;
  spare_.release();
}

}  // namespace rpc::net
