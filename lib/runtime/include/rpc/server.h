// Serves objects to clients.
//
//   rpc::Server server;
//   server.serve<home::Thermostat>(std::make_shared<Hall>());
//   server.listen("tcp://127.0.0.1:7000");
//   server.run();                          // until somebody calls stop()
#pragma once

#include <rpc/access.h>
#include <rpc/counters.h>
#include <rpc/duration.h>
#include <rpc/interface.h>
#include <rpc/limits.h>
#include <rpc/metrics.h>
#include <rpc/queue.h>
#include <rpc/tls.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace rpc {

namespace net {
class ServerCore;
}
namespace testing {
class AnyPair;
}
class MetricsCollector;

/// How a server works. Constant once it exists.
struct ServerOptions {
  Limits limits{};

  /// Whether clients may ask which interfaces are served and what is in them, see <rpc/reflection.h>, and what the
  /// server counts, see <rpc/monitor.h>: then farcallctl can call every method. Off, since it tells everybody who can
  /// connect what there is to call.
  bool reflection = false;

  /// Whether it may listen on plain TCP where other machines can reach it, and everybody between them can read and
  /// change what is said. Without it plain TCP is for this machine alone: "tcp://127.0.0.1:7000".
  bool plain_tcp_to_others = false;

  /// Where [[rpc::message]] calls are stored until they are handled; without one in the queue of the process, see
  /// <rpc/queue.h>. Only used if an interface with such methods is served. A queue is good for one server at a time.
  QueueRef queue{};

  /// For tls:// addresses: the server's certificate, and whose clients it takes. They need one.
  TlsRef tls{};
};

/// Methods are called on threads of the runtime, of different clients at once, and of one client at once when one takes
/// long. All functions are thread-safe.
class Server {
 public:
  explicit Server(const ServerOptions& options = {});
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Stops with the usual grace.
  ~Server();

  /// Serves `object`, an X, an XService or an AsyncX, under the name of the interface X. The runtime keeps it as long
  /// as the server exists and as calls of it run. Throws Error (internal) when the interface is served already, and
  /// (not_stored) when it has messages and their queue cannot be opened.
  template <class X, class Object>
  void serve(std::shared_ptr<Object> object) {
    const Skeleton skeleton = Interface<X>::skeleton(*object);
    add(skeleton, std::move(object));
  }

  /// Has `hook`, which takes a const AccessRequest& and gives a Verdict, say of every call whether it may be made. It
  /// is asked before anybody looks at the arguments: of messages when they are delivered, and by the names of the
  /// interface and the method that they are for. A call that is denied fails with Code::denied and the hook's reason, a
  /// maybe call is counted in ServerCounters::ignored_denied, and a message is among its sender's dead letters. A hook
  /// that throws denies the call; what it threw is logged, and the caller is not told. It is called by several threads
  /// at once, on those that run the handlers: it should be as quick as they are. A new hook takes the place of the last
  /// one for the calls that arrive from now on, and the old one is kept as long as the server. See docs/access.md.
  template <class Hook>
  void authorize(Hook hook) {
    authorize_by(std::make_unique<internal::AuthorizerOf<Hook>>(std::move(hook)));
  }

  /// Accepts clients at "tcp://host:port", "tls://host:port", "unix:/path" or "inproc:name". Port 0 has the system
  /// choose one. Returns the address that clients can connect to. A socket file that a dead server left is replaced.
  /// Messages that were stored are handled from the first listen() on. At "amqp://user:password@host/vhost" it takes
  /// the messages that a RabbitMQ has for what is served by then (docs/rabbitmq.md). Throws Error (unavailable), also
  /// for plain TCP beyond this machine unless ServerOptions::plain_tcp_to_others allows it, or (not_stored) when
  /// another server has the queue.
  std::string listen(std::string_view url);

  /// What became of the calls without a reply that reached it so far.
  ServerCounters counters() const;

  /// What it counted so far: of each method, of its connections and its queue.
  ServerMetrics metrics() const;

  /// Returns when the server is stopped: at once if it was since the last listen().
  void run();

  /// Accepts nothing more, lets the running calls finish for at most `grace`, then asks them to stop, then closes all
  /// connections. Handlers that go on even so lose their replies, not their objects.
  void stop(std::chrono::nanoseconds grace = std::chrono::seconds(5));

 private:
  friend class testing::AnyPair;
  friend class MetricsCollector;
  void add(const Skeleton& skeleton, std::shared_ptr<void> object);
  void authorize_by(std::unique_ptr<const internal::Authorizer> hook);

  std::shared_ptr<net::ServerCore> core_;
};

}  // namespace rpc
