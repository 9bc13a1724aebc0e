// Serves objects to clients.
//
//   rpc::Server server;
//   server.serve<home::Thermostat>(std::make_shared<Hall>());
//   server.listen("tcp://0.0.0.0:7000");
//   server.run();                          // until somebody calls stop()
#pragma once

#include <rpc/counters.h>
#include <rpc/duration.h>
#include <rpc/interface.h>
#include <rpc/limits.h>
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

/// How a server works. Constant once it exists.
struct ServerOptions {
  Limits limits{};

  /// Whether clients may ask which interfaces are served and what is in them, see <rpc/reflection.h>: then farcallctl
  /// can call every method. Off, since it tells everybody who can connect what there is to call.
  bool reflection = false;

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

  /// Accepts clients at "tcp://host:port", "tls://host:port", "unix:/path" or "inproc:name". Port 0 has the system
  /// choose one. Returns the address that clients can connect to. A socket file that a dead server left is replaced.
  /// Messages that were stored are handled from the first listen() on. At "amqp://user:password@host/vhost" it takes
  /// the messages that a RabbitMQ has for what is served by then (docs/rabbitmq.md). Throws Error (unavailable), or
  /// (not_stored) when another server has the queue.
  std::string listen(std::string_view url);

  /// What became of the calls without a reply that reached it so far.
  ServerCounters counters() const;

  /// Returns when the server is stopped: at once if it was since the last listen().
  void run();

  /// Accepts nothing more, lets the running calls finish for at most `grace`, then asks them to stop, then closes all
  /// connections. Handlers that go on even so lose their replies, not their objects.
  void stop(std::chrono::nanoseconds grace = std::chrono::seconds(5));

 private:
  friend class testing::AnyPair;
  void add(const Skeleton& skeleton, std::shared_ptr<void> object);

  std::shared_ptr<net::ServerCore> core_;
};

}  // namespace rpc
