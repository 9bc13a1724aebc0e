// When what failed is tried again.
//
//   lane.again_at = now + pause_after(lane.failures, options.first_retry, options.last_retry);
#pragma once

#include <chrono>

namespace rpc::queue {

/// Doubles from the first to the last, and varies by a quarter, so that many that failed together do not come back
/// together.
std::chrono::nanoseconds pause_after(unsigned failures, std::chrono::milliseconds first,
                                     std::chrono::milliseconds last);

}  // namespace rpc::queue
