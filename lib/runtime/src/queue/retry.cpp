#include "queue/retry.h"

#include <algorithm>
#include <random>

namespace rpc::queue {

std::chrono::nanoseconds pause_after(unsigned failures, std::chrono::milliseconds first,
                                     std::chrono::milliseconds last) {
  thread_local std::minstd_rand random{std::random_device{}()};
  std::chrono::milliseconds pause = std::min(first, last);
  for (unsigned i = 1; i < failures && pause < last; ++i) pause = std::min(2 * pause, last);
  const double varied = std::uniform_real_distribution<double>(0.75, 1.25)(random);
  return std::chrono::duration_cast<std::chrono::nanoseconds>(pause * varied);
}

}  // namespace rpc::queue
