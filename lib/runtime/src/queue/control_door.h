// Where the process that has a queue can be asked about it: a socket in the folder, for those who may open the queue.
//
//   const ControlDoor door(core);
#pragma once

#include "queue/core.h"

#include <memory>

namespace rpc::net {
class ServerCore;
}

namespace rpc::queue {

class ControlDoor {
 public:
  /// Without one a queue works as well: what is wrong is logged.
  explicit ControlDoor(const std::shared_ptr<Core>& core) noexcept;
  ControlDoor(const ControlDoor&) = delete;
  ControlDoor& operator=(const ControlDoor&) = delete;

  /// Lets nobody wait. The core is not stopped yet.
  ~ControlDoor();

 private:
  const std::shared_ptr<net::ServerCore> server_;
};

}  // namespace rpc::queue
