// Some messages of one sender being handled, one after the other, on a thread of the engine.
//
//   // deletes itself
//   net::Engine::get().next_loop().post(*new Handlers(core, receiver, lane, settled, std::move(batch)));
#pragma once

#include "queue/core.h"

#include <rpc/future.h>

#include <memory>
#include <utility>
#include <vector>

namespace rpc::queue {

class Handlers final : public internal::Continuation {
 public:
  /// At a time: what is done is noted when all are, or soon.
  static constexpr std::size_t most = 64;

  Handlers(std::shared_ptr<Core> core, std::shared_ptr<MessageReceiver> receiver, Lane& lane, const Seen& settled,
           std::vector<Stored> batch)
      : Continuation{&run_all},
        core_(std::move(core)),
        receiver_(std::move(receiver)),
        lane_(lane),
        settled_(settled),
        batch_(std::move(batch)) {}

 private:
  static void run_all(Continuation& self) noexcept;
  Handling handle(const Stored& stored) const noexcept;
  void report(std::vector<Handling> results);

  const std::shared_ptr<Core> core_;
  const std::shared_ptr<MessageReceiver> receiver_;
  Lane& lane_;
  const Seen settled_;
  std::vector<Stored> batch_;
};

}  // namespace rpc::queue
