// A connection without a network: keeps the calls that were made until the test answers them, from any thread.
//
//   FakeTransport& transport = *new FakeTransport;           // owned by the channel
//   Calculator calculator(transport.channel());
//   Future<int> sum = calculator.async_add(1, 2);
//   transport.reply(transport.sent(0), 3);
#pragma once

#include <rpc/marshal.h>
#include <rpc/outgoing.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "pending_call.h"

namespace rpc::test {

/// Encodes a value as the only field of a record.
template <class T>
void write_one(Encoder& out, const T& value) {
  Writer at = out.begin();
  at.write(value);
  out.commit(at);
}

template <class T>
void read_one(Decoder& in, T& value) {
  Reader at = in.begin();
  at.read(value);
  in.finish(at);
}

class FakeTransport final : public internal::ClientTransport {
 public:
  struct Sent {
    std::uint16_t method = 0;
    std::string body;
    std::string metadata;
    std::chrono::nanoseconds timeout{0};
    int priority = 0;
  };

  /// A channel that owns this transport.
  Channel channel() { return Channel(internal::Ref<internal::ClientTransport>::adopt(this)); }

  const Limits& limits() const noexcept override { return limits_; }
  Encoding encoding_of(const InterfaceInfo&) const noexcept override { return Encoding::exact; }

  void start(internal::PendingCall& call, internal::CallRequest& request) noexcept override {
    const std::lock_guard lock(mutex_);
    call.transport.id = static_cast<std::uint32_t>(sent_.size());
    sent_.push_back(describe(request));
    pending_.push_back(&call);
    changed_.notify_all();
  }

  void send_oneway(internal::CallRequest& request) override {
    const std::lock_guard lock(mutex_);
    sent_.push_back(describe(request));
    pending_.push_back(nullptr);
  }

  void watch(internal::PendingCall&) noexcept override {}
  MessageTransport& queue() override { throw Error(Code::unimplemented, "there is no queue"); }
  std::string_view address() const noexcept override { return {}; }

  void wait(internal::PendingCall& call, internal::Time until) noexcept override {
    if (hold_waiters_until_taken) {
      while (!taken(call.transport.id)) std::this_thread::yield();
    }
    call.await_completion(until);
  }

  bool withdraw(internal::PendingCall& call) noexcept override {
    const std::lock_guard lock(mutex_);
    const std::uint32_t id = call.transport.id;
    if (id >= pending_.size() || pending_[id] != &call) {
      ++late_withdrawals_;
      changed_.notify_all();
      return false;
    }
    pending_[id] = nullptr;
    withdrawn_.push_back(id);
    return true;
  }

  void cancel(internal::PendingCall& call) noexcept override {
    const std::lock_guard lock(mutex_);
    cancelled_.push_back(call.transport.id);
  }

  /// Waits for the call with this number, counted from 0 in the order of start().
  std::uint32_t sent(std::uint32_t number) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return sent_.size() > number; });
    return number;
  }

  /// Waits until somebody tried to withdraw a call that was already being completed.
  void await_late_withdrawal() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return late_withdrawals_ > 0; });
  }

  Sent request(std::uint32_t id) {
    const std::lock_guard lock(mutex_);
    return sent_.at(id);
  }

  /// True if the call was still pending.
  template <class T>
  bool reply(std::uint32_t id, const T& value) {
    Buffer body;
    Encoder out(body, limits_);
    write_one(out, value);
    return reply_bytes(id, {reinterpret_cast<const char*>(body.data()), body.size()});
  }

  bool reply_bytes(std::uint32_t id, std::string_view body) {
    internal::PendingCall* call = take(id);
    if (call == nullptr) return false;
    internal::run(call->complete(reinterpret_cast<const std::byte*>(body.data()), body.size(), limits_));
    return true;
  }

  bool fail(std::uint32_t id, Error error) {
    internal::PendingCall* call = take(id);
    if (call == nullptr) return false;
    internal::run(call->fail(std::move(error)));
    return true;
  }

  /// Fails every call that is still pending.
  void disconnect() {
    for (std::uint32_t id = 0; id < count(); ++id) fail(id, Error(Code::unavailable, "disconnected"));
  }

  /// Whether the call is completed, being completed or withdrawn.
  bool taken(std::uint32_t id) {
    const std::lock_guard lock(mutex_);
    return pending_.at(id) == nullptr;
  }

  /// For calls whose time-out is to pass after the reply came, and before it is decoded.
  bool hold_waiters_until_taken = false;

  bool was_withdrawn(std::uint32_t id) { return contains(withdrawn_, id); }
  bool was_cancelled(std::uint32_t id) { return contains(cancelled_, id); }

 private:
  static Sent describe(const internal::CallRequest& request) {
    const char* bytes = reinterpret_cast<const char*>(request.frame.data()) + internal::frame_header_room;
    std::size_t size = request.frame.size() - internal::frame_header_room;
    Sent sent{.method = request.method,
              .timeout = request.deadline == internal::never ? no_deadline : request.deadline - request.now,
              .priority = request.priority};
    if (request.has_metadata) {
      std::uint32_t length = 0;
      std::memcpy(&length, bytes, sizeof length);
      sent.metadata.assign(bytes + sizeof length, length);
      bytes += sizeof length + length;
      size -= sizeof length + length;
    }
    sent.body.assign(bytes, size);
    return sent;
  }

  std::uint32_t count() {
    const std::lock_guard lock(mutex_);
    return static_cast<std::uint32_t>(sent_.size());
  }

  internal::PendingCall* take(std::uint32_t id) {
    const std::lock_guard lock(mutex_);
    return std::exchange(pending_.at(id), nullptr);
  }

  bool contains(const std::vector<std::uint32_t>& ids, std::uint32_t id) {
    const std::lock_guard lock(mutex_);
    return std::find(ids.begin(), ids.end(), id) != ids.end();
  }

  const Limits limits_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Sent> sent_;
  std::vector<internal::PendingCall*> pending_;
  std::vector<std::uint32_t> withdrawn_;
  std::vector<std::uint32_t> cancelled_;
  int late_withdrawals_ = 0;
};

/// What farcall would generate for a small interface, by hand.
class CalculatorClient {
 public:
  explicit CalculatorClient(Channel channel, CallOptions options = {}) : stub_(std::move(channel), options, info) {}

  CalculatorClient with(CallOptions options) const { return CalculatorClient(stub_.with(options)); }

  int add(int number) const {
    Outgoing call = stub_.call(0);
    write_one(call.arguments(), number);
    return call.wait(&read_one<int>);
  }

  Future<int> async_add(int number) const {
    Outgoing call = stub_.call(0);
    write_one(call.arguments(), number);
    return call.start(&read_one<int>);
  }

  Future<std::string> async_name() const { return stub_.call(1).start(&read_one<std::string>); }

  void reset() const { stub_.call(2).wait(); }
  Future<void> async_reset() const { return stub_.call(2).start(); }

  void note(int number) const {
    Outgoing call = stub_.call(3);
    write_one(call.arguments(), number);
    call.send_maybe();
  }

  const Stub& stub() const { return stub_; }

  static constexpr MethodInfo methods[] = {
      {.name = "add"},
      {.name = "name", .timeout_ns = 250'000'000},
      {.name = "reset", .timeout_ns = -1},
      {.name = "note", .mode = Mode::maybe},
  };
  static constexpr InterfaceInfo info{.name = "test.Calculator", .methods = methods, .method_count = 4};

 private:
  explicit CalculatorClient(Stub stub) : stub_(std::move(stub)) {}
  Stub stub_;
};

/// A client on a fake transport. Calls that a test leaves behind end with it.
class CalculatorTest : public ::testing::Test {
 protected:
  ~CalculatorTest() override { transport.disconnect(); }

  FakeTransport& transport = *new FakeTransport;
  CalculatorClient calculator{transport.channel()};
};

}  // namespace rpc::test
