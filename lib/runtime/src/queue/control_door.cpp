#include "queue/control_door.h"

#include "net/server_core.h"
#include "queue/control.h"

#include <rpc/queue_control.rpc.h>

#include <sys/stat.h>
#include <unistd.h>

namespace rpc::queue {

namespace {

constexpr Limits limits{.max_datagram = 0, .max_connections = 16};

}  // namespace

// A socket that is there was left by a process that was killed: the folder is ours alone.
ControlDoor::ControlDoor(const std::shared_ptr<Core>& core) noexcept
    : server_(std::make_shared<net::ServerCore>(ServerOptions{.limits = limits})) {
  try {
    const std::string path = core->control_path();
    const auto control = std::make_shared<Control>(core);
    server_->add(Interface<QueueControl>::skeleton(static_cast<QueueControl&>(*control)), control);
    ::unlink(path.c_str());
    server_->listen("unix:" + path);
    ::chmod(path.c_str(), 0600);
  } catch (const std::exception& error) {
    internal::log(Severity::warning, "farcallctl cannot ask about the queue in " + core->path() + ": " + error.what());
  }
}

ControlDoor::~ControlDoor() {
  server_->stop(std::chrono::nanoseconds(0));
  server_->retire();
}

}  // namespace rpc::queue
