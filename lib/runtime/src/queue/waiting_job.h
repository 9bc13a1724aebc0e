// A job whose submitter waits for it, on the submitter's stack.
//
//   core.submit(job);
//   job.wait();               // throws why it could not be written
#pragma once

#include "futex.h"
#include "net/loop.h"
#include "queue/core.h"

#include <atomic>
#include <cstdint>
#include <optional>

namespace rpc::queue {

class WaitingJob : public Job {
 public:
  void wait() {
    net::Loop::before_blocking();
    while (done_.load(std::memory_order_acquire) == 0) internal::futex_wait(done_, 0);
    if (error_) throw *error_;
  }

 protected:
  // Whoever waits may be gone as soon as it sees that this is done.
  void finish(const Error* error) noexcept {
    if (error != nullptr) error_ = *error;
    std::atomic<std::uint32_t>& word = done_;
    word.store(1, std::memory_order_release);
    internal::futex_wake(word);
  }

 private:
  std::optional<Error> error_;
  std::atomic<std::uint32_t> done_{0};
};

}  // namespace rpc::queue
