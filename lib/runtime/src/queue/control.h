// The queue as others see and change it: asked by the process that has it, or by who opened it because none has.
//
//   Control control(core);
//   control.list({.dead = true}, "", 100);
#pragma once

#include "queue/change.h"
#include "queue/core.h"

#include <rpc/queue_control.h>

#include <functional>
#include <memory>
#include <string>

namespace rpc::queue {

/// Any thread while the core is started, one at a time otherwise.
class Control final : public QueueControl {
 public:
  explicit Control(std::shared_ptr<Core> core) : core_(std::move(core)) {}

  QueueState state() override;
  QueuePage list(QueueFilter filter, std::string after, std::uint32_t limit) override;
  QueueTally tally(std::string after) override;
  QueueContents peek(std::string id) override;
  QueueChange retry(QueueSelection what) override;
  QueueChange purge(QueueSelection what) override;
  QueueChange move(QueueSelection what, std::string url) override;

 private:
  /// Both on the queue's thread, the second one when the first one's transaction is on the disk.
  void perform(const std::function<void()>& apply, const std::function<void()>& committed = {});
  QueueChange change(Change change);

  const std::shared_ptr<Core> core_;
};

}  // namespace rpc::queue
