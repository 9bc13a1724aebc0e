// For starting threads of the runtime's own: the signals of the process are for its own threads.
//
//   const NoSignals none;         // a new thread has this from the one that starts it
//   std::thread([] { … }).detach();
#pragma once

#include <csignal>

namespace rpc::internal {

/// Blocks all signals for the calling thread, as long as it lives.
class NoSignals {
 public:
  NoSignals() noexcept {
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~NoSignals() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  NoSignals(const NoSignals&) = delete;
  NoSignals& operator=(const NoSignals&) = delete;

 private:
  sigset_t before_;
};

}  // namespace rpc::internal
