// A job whose submitter waits for it, on the submitter's stack.
//
//   core.submit(job);
//   job.wait();               // throws why it could not be written
#pragma once

#include "net/loop.h"
#include "queue/core.h"

#include <atomic>
#include <optional>

namespace rpc::queue {

class WaitingJob : public Job {
 public:
  void wait() {
    net::Loop::before_blocking();
    done_.wait(false, std::memory_order_acquire);
    if (error_) throw *error_;
  }

 protected:
  // Whoever waits may be gone as soon as it sees that this is done; waking it needs no more than the address.
  void finish(const Error* error) noexcept {
    if (error != nullptr) error_ = *error;
    done_.store(true, std::memory_order_release);
    done_.notify_one();
  }

 private:
  std::optional<Error> error_;
  std::atomic<bool> done_{false};
};

}  // namespace rpc::queue
