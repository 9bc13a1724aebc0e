#include "net/inproc.h"

#include <rpc/error.h>

#include <sys/socket.h>

#include <map>
#include <mutex>

namespace rpc::net::control {

namespace {

/// Never destroyed: servers with static lifetime may be.
struct Registry {
  std::mutex mutex;
  std::map<std::string, Accept*> servers;
};

Registry& registry() {
  static Registry& registry = *new Registry;
  return registry;
}

class InprocListener final : public Listener {
 public:
  explicit InprocListener(const Url& url) : Listener(url) {
    const std::lock_guard lock(registry().mutex);
    if (!registry().servers.emplace(url.name, &accept_).second) {
      throw Error(Code::unavailable, "inproc:" + url.name + " is in use by another server of this process");
    }
  }
  ~InprocListener() override { close(); }

  void begin(Accept accept) override {
    const std::lock_guard lock(registry().mutex);
    accept_ = std::move(accept);
  }

  void close() override {
    const std::lock_guard lock(registry().mutex);
    const auto found = registry().servers.find(url_.name);
    if (found != registry().servers.end() && found->second == &accept_) registry().servers.erase(found);
  }

 private:
  Accept accept_;
};

}  // namespace

std::shared_ptr<Listener> listen_inproc(const Url& url) { return std::make_shared<InprocListener>(url); }

Fd connect_inproc(const std::string& name) {
  const std::lock_guard lock(registry().mutex);
  const auto found = registry().servers.find(name);
  int ends[2];
  if (found == registry().servers.end() || !*found->second ||
      ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    return Fd();
  (*found->second)({.fd = Fd(ends[0]), .peer = peer_name(ends[0], "inproc:" + name)});
  return Fd(ends[1]);
}

}  // namespace rpc::net::control
