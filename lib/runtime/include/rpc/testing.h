// For tests of code that makes or serves calls: a server and a channel to it within the process, and calls that go
// wrong on request.
//
//   rpc::testing::Pair<home::Thermostat> pair(std::make_shared<home::ThermostatMock>());
//   home::ThermostatClient thermostat(pair.channel());
//   pair.faults().fail(1, rpc::Error(rpc::Code::unavailable, "no power"));
//   pair.faults().disconnect(3);
#pragma once

#include <rpc/channel.h>
#include <rpc/duration.h>
#include <rpc/error.h>
#include <rpc/interface.h>
#include <rpc/server.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

namespace rpc::testing {

/// What is to happen to the calls that a Pair's server gets. They count from 1, of all methods together, in the order
/// in which they arrive. Several things may happen to one call: it is late first. Thread-safe.
class Faults {
 public:
  /// The handler begins so much later, or not at all when the call is cancelled or its deadline passes meanwhile.
  void delay(std::uint64_t call, std::chrono::nanoseconds time);

  /// The handler does not run and nobody answers: the caller waits until its deadline.
  void drop(std::uint64_t call);

  /// The handler does not run; the caller gets `error`.
  void fail(std::uint64_t call, const Error& error);

  /// The connection is lost before the handler runs, and with it all calls in flight, as Code::unavailable. The next
  /// call connects again.
  void disconnect(std::uint64_t call);

  /// How many calls there were; delay(calls() + 1, …) is for the next.
  std::uint64_t calls() const;

 private:
  friend class AnyPair;
  struct Planned;
  explicit Faults(const Skeleton& skeleton);
  static void dispatch(void* faults, std::uint16_t method, Incoming& call);
  ~Faults();

  std::unique_ptr<Planned> planned_;
};

/// The part of a Pair that does not depend on the interface.
class AnyPair {
 public:
  AnyPair(const Skeleton& skeleton, std::shared_ptr<void> object, const ChannelOptions& channel,
          const ServerOptions& server);
  AnyPair(const AnyPair&) = delete;
  AnyPair& operator=(const AnyPair&) = delete;

  /// Dropped calls that were not given up end with Code::abandoned.
  ~AnyPair();

  const Channel& channel() const noexcept { return channel_; }
  Faults& faults() noexcept { return *faults_; }

 private:
  struct Served;

  std::string url_;
  std::shared_ptr<Faults> faults_;
  Server server_;
  Channel channel_;
};

/// A server of the interface X and a channel to it. `object` is an X or an XService.
template <class X>
class Pair : public AnyPair {
 public:
  template <class Object>
  explicit Pair(std::shared_ptr<Object> object, const ChannelOptions& channel = {}, const ServerOptions& server = {})
      : AnyPair(Interface<X>::skeleton(*object), object, channel, server) {}
};

}  // namespace rpc::testing
