// Everything about sockets that is not worth a fast path: resolving names, connecting, listening, accepting. One
// background thread does it all, with asio.
//
//   control::connect(url, nullptr, 10s, [](Link link) { … });
//   std::shared_ptr<Listener> listener = control::listen(url);   // listener->url(): the port chosen
//   listener->begin([](Link link) { … });
#pragma once

#include "net/cipher.h"
#include "net/socket.h"
#include "net/url.h"

#include <rpc/limits.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace rpc::net {

/// One end of a new connection: a prepared socket, with a cipher if it is encrypted; or what went wrong.
struct Link {
  Fd fd{};
  std::string peer{};  ///< of a listener: who is at the other end, as logs name it
  std::unique_ptr<Cipher> cipher{};
  Problem problem{};

  bool failed() const noexcept { return !problem.text.empty(); }
};

/// Called on the control thread (for inproc: on the connecting one). What failed may have a socket, too.
using Accept = std::function<void(Link link)>;

/// Accepts from begin() until it is closed.
class Listener {
 public:
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  virtual ~Listener() = default;

  virtual void begin(Accept accept) = 0;

  /// When it returns, nothing is accepted any more. Not from the accept function.
  virtual void close() = 0;

  /// The listening socket; -1 if there is none.
  virtual int fd() noexcept { return -1; }

  const Url& url() const noexcept { return url_; }

 protected:
  explicit Listener(Url url) : url_(std::move(url)) {}
  Url url_;
};

namespace control {

/// Called once, on the control thread.
using Connected = std::function<void(Link link)>;

/// With `ciphers` the connection begins with a handshake, which takes `handshake_timeout` at most.
void connect(const Url& url, std::shared_ptr<Ciphers> ciphers, std::chrono::milliseconds handshake_timeout,
             Connected done);

/// Called once, on the control thread, with the url of each address that the host of `url` has, or with what went
/// wrong.
using Found = std::function<void(std::vector<Url> urls, std::string problem)>;
void look_up(const Url& url, Found done);

/// Throws Error (unavailable) when the address is in use or cannot be listened on, and for plain TCP that other
/// machines can reach unless `plain_tcp_to_others`.
std::shared_ptr<Listener> listen(const Url& url, bool plain_tcp_to_others);

/// Accepts what `plain` does after a handshake, of which at most `limits.max_connections` are under way.
std::shared_ptr<Listener> secure(std::shared_ptr<Listener> plain, std::shared_ptr<Ciphers> ciphers,
                                 const Limits& limits);

}  // namespace control

}  // namespace rpc::net
