// Everything about sockets that is not worth a fast path: resolving names, connecting, listening, accepting. One
// background thread does it all, with asio.
//
//   control::connect(url, [](Fd fd, std::string problem) { … });
//   std::shared_ptr<Listener> listener = control::listen(url);   // listener->url(): the port chosen
//   listener->begin([](Fd fd) { … });
#pragma once

#include "net/socket.h"
#include "net/url.h"

#include <functional>
#include <memory>
#include <string>

namespace rpc::net {

/// Called on the control thread (for inproc: on the connecting one) with a prepared socket.
using Accept = std::function<void(Fd fd)>;

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

/// Called once, on the control thread, with a connected and prepared socket, or with what went wrong.
using Connected = std::function<void(Fd fd, std::string problem)>;
void connect(const Url& url, Connected done);

/// Throws Error (unavailable) when the address is in use or cannot be listened on.
std::shared_ptr<Listener> listen(const Url& url);

}  // namespace control

}  // namespace rpc::net
