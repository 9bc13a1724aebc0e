// The other ends of a benchmark, in processes of their own.
//
//   bench::Children children;
//   children.start_on(1, [&] { serve(socket); });
//   bench::check(::connect(client, …) == 0, "connect");
#pragma once

#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace bench {

/// Ends the program if a system call has failed.
inline void check(bool good, const char* what) {
  if (good) return;
  std::perror(what);
  std::exit(1);
}

/// Has the thread run on that core only.
inline void pin(int core) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(core, &set);
  if (sched_setaffinity(0, sizeof set, &set) != 0) std::perror("sched_setaffinity");
}

/// Processes that are killed at the end. They have to be started before the program has threads of the runtime, which
/// they would not have.
class Children {
 public:
  Children() = default;
  Children(const Children&) = delete;
  Children& operator=(const Children&) = delete;
  ~Children() { end(); }

  template <class Work>
  void start(Work work) {
    const pid_t child = ::fork();
    check(child >= 0, "fork");
    if (child != 0) return children_.push_back(child);
    work();
    std::_Exit(0);
  }

  template <class Work>
  void start_on(int core, Work work) {
    start([&] {
      pin(core);
      work();
    });
  }

  /// In the order in which they were started.
  const std::vector<pid_t>& all() const { return children_; }

  void end() {
    for (const pid_t child : children_) ::kill(child, SIGKILL);
    for (const pid_t child : children_) ::waitpid(child, nullptr, 0);
    children_.clear();
  }

 private:
  std::vector<pid_t> children_;
};

}  // namespace bench
