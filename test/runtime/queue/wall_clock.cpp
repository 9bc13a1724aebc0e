#include "runtime/queue/wall_clock.h"

#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <atomic>

namespace {

std::atomic<std::chrono::seconds::rep> offset_now = 0;

}  // namespace

void move_wall_clock(std::chrono::seconds offset) noexcept { offset_now = offset.count(); }

// Instead of the C library's, also for the standard library's clocks.
extern "C" int clock_gettime(clockid_t clock, timespec* time) noexcept {
  const int result = static_cast<int>(::syscall(SYS_clock_gettime, clock, time));
  if (result == 0 && clock == CLOCK_REALTIME) time->tv_sec += offset_now;
  return result;
}
