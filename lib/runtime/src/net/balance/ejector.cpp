#include "net/balance/ejector.h"

#include <algorithm>

namespace rpc::net {

namespace {

/// The last calls are about so many: then the counts are halved, and older calls count for less and less.
constexpr std::uint32_t most_calls = 100;

}  // namespace

void Ejector::add(Server server) {
  if (server >= health_.size()) health_.resize(server + 1);
  health_[server] = {.present = true};
  ++present_;
}

void Ejector::remove(Server server) noexcept {
  if (ejected(server)) --out_;
  health_[server] = {};
  --present_;
}

void Ejector::succeeded(Server server) noexcept {
  Health& health = health_[server];
  health.failures_in_a_row = 0;
  count(health, false);
}

bool Ejector::failed(Server server, Time now) noexcept {
  Health& health = health_[server];
  ++health.failures_in_a_row;
  count(health, true);
  if (ejected(server) || 2 * (out_ + 1) > present_) return false;
  if (health.failures_in_a_row < in_a_row && !worse_than_others(health)) return false;
  const auto time = std::min<std::chrono::seconds>(first_time * (1U << std::min(health.times, 10U)), longest_time);
  ++health.times;
  ++out_;
  health.out_until = now + time;
  return true;
}

// With every full window without many failures, one ejection is forgotten.
void Ejector::count(Health& health, bool failure) noexcept {
  health.failures += failure ? 1 : 0;
  if (++health.calls < most_calls) return;
  if (health.times != 0 && health.failures * 10 < health.calls) --health.times;
  health.calls /= 2;
  health.failures /= 2;
}

void Ejector::end_ejection(Health& health) noexcept {
  --out_;
  health.out_until = never;
  health.failures_in_a_row = 0;
  health.calls = health.failures = 0;
}

bool Ejector::worse_than_others(const Health& health) const noexcept {
  if (health.calls < least_calls || 2 * health.failures < health.calls) return false;
  std::uint64_t calls = 0;
  std::uint64_t failures = 0;
  for (const Health& other : health_) {
    if (&other == &health || other.out_until != never) continue;
    calls += other.calls;
    failures += other.failures;
  }
  return calls >= least_calls && 4 * failures < calls;
}

}  // namespace rpc::net
