// A way to a server, which any number of clients share.
//
//   rpc::Channel channel = rpc::connect("tcp://127.0.0.1:7000");
//   home::ThermostatClient thermostat(channel);
#pragma once

#include <rpc/balance.h>
#include <rpc/counters.h>
#include <rpc/duration.h>
#include <rpc/limits.h>
#include <rpc/options.h>
#include <rpc/queue.h>
#include <rpc/ref.h>
#include <rpc/tls.h>
#include <rpc/wire/encoding.h>

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace rpc {

/// How a channel works. Constant once it exists.
struct ChannelOptions {
  Limits limits{};

  /// How values are encoded. If it is not set, in the tagged encoding until the server has said that it was generated
  /// from the same version of the interface, and in the exact one from then on. With `exact`, calls of a server of
  /// another version fail as incompatible.
  std::optional<Encoding> encoding{};

  /// How long a waiting caller may look for its reply before it sleeps: saves the time of waking up, costs the
  /// processor meanwhile. Backs off when it does not pay. 0: off.
  std::chrono::microseconds spin{0};

  /// Where [[rpc::message]] calls are stored; without one in the queue of the process, see <rpc/queue.h>.
  QueueRef queue{};

  /// Every call that is part of no trace begins one.
  bool traced = false;

  /// How calls are spread over the servers of a channel to several.
  BalanceOptions balance{};

  /// For tls:// addresses: what the channel shows and whom it trusts; without one it shows no certificate, and trusts
  /// whom the system trusts.
  TlsRef tls{};
};

/// Cheap to copy: the copies share the connection. Thread-safe.
class Channel {
 public:
  explicit Channel(internal::Ref<internal::ClientTransport> transport) noexcept : transport_(std::move(transport)) {}

  internal::ClientTransport& transport() const noexcept { return *transport_; }

  /// Sent along with every call and message of all copies from now on, after what their own options say, which is found
  /// first where a key is the same. Takes the place of what was set before: so a token is renewed.
  void set_metadata(const MetadataRef& metadata) const;

  /// What became of the maybe calls so far, and of calls to several servers, of all copies together.
  ChannelCounters counters() const noexcept;

 private:
  internal::Ref<internal::ClientTransport> transport_;
};

/// A channel to the server at "tcp://host:port", "tcp://[ipv6]:port", "unix:/path" or "inproc:name"; with Farcall::tls
/// at "tls://host:port"; to several servers of the same, with commas between their addresses: "tcp://a:7000,b:7000"
/// (docs/many-servers.md); or for messages alone to a RabbitMQ, "amqp://user:password@host/vhost". Throws Error for an
/// address of another form, and for nothing else: the connection is made in the background, and calls wait for it
/// within their deadline. When it is lost, the calls in flight fail with Code::unavailable and the next call connects
/// again.
Channel connect(std::string_view url, const ChannelOptions& options = {});

}  // namespace rpc
