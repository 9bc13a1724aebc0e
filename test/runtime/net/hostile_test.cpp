// Hostile peers over Unix sockets.
#include "runtime/net/hostile.h"

#include "runtime/net/running.h"

namespace {

struct OverUnix {
  static constexpr int times = 1000;
  static constexpr auto deadline = 100ms;

  struct Served {
    RawPeer connect() const { return RawPeer::connect(running.folder.socket()); }
    rpc::Channel channel() const { return rpc::connect(running.url); }
    Running running;
  };

  struct Serving {
    RawPeer accept() const { return RawPeer::accept(listener); }
    rpc::Channel channel() const { return rpc::connect(folder.url()); }
    Folder folder;
    rpc::net::Fd listener = RawPeer::listen(folder.socket());
  };
};

INSTANTIATE_TYPED_TEST_SUITE_P(OverUnix, HostileClients, OverUnix);
INSTANTIATE_TYPED_TEST_SUITE_P(OverUnix, HostileServers, OverUnix);

}  // namespace
