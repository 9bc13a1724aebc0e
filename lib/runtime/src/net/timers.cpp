#include "net/timers.h"

#include <algorithm>
#include <limits>

namespace rpc::net {

namespace {

using Tick = std::chrono::milliseconds;
constexpr std::uint64_t no_tick = std::numeric_limits<std::uint64_t>::max();

std::uint64_t tick_of(Time time) {
  return static_cast<std::uint64_t>(std::chrono::floor<Tick>(time.time_since_epoch()).count());
}

Time time_of(std::uint64_t tick) { return Time(Tick(tick)); }

}  // namespace

void Timers::schedule(Timed& timed, Time when) {
  if (when == never) return;
  const std::lock_guard lock(mutex_);
  const std::uint64_t tick = std::max(tick_of(when) + 1, tick_ + 1);
  if (timed.due_ != 0 && timed.due_ <= tick) return;
  put(timed, tick);
  if (tick < sleeps_to_) changed_.notify_one();
}

// An entry whose tick is not its object's any more was replaced by an earlier one.
void Timers::put(Timed& timed, std::uint64_t tick) {
  timed.due_ = tick;
  timed.retain();
  slots_[tick % slot_count].push_back({&timed, tick});
  ++entries_;
}

void Timers::start_watching() noexcept {
  const std::lock_guard lock(mutex_);
  if (watching_.exchange(true)) return;
  changed_.notify_one();
}

void Timers::run() {
  std::unique_lock lock(mutex_);
  tick_ = tick_of(now());
  for (;;) {
    const bool watching = watching_.load();
    sleeps_to_ = watching ? tick_ + 1 : next_tick();
    if (sleeps_to_ == no_tick) {
      changed_.wait(lock);
    } else {
      changed_.wait_until(lock, time_of(sleeps_to_));
    }
    const std::uint64_t to = tick_of(now());
    if (to > tick_) advance(lock, to);
    lock.unlock();
    if (watching && !watch_()) stop_watching();
    lock.lock();
  }
}

// A loop that wakes says so and then looks at watching_; here it is the other way round, so one of the two sees it.
void Timers::stop_watching() {
  watching_.store(false);
  if (watch_()) watching_.store(true);
}

std::uint64_t Timers::next_tick() const {
  if (entries_ == 0) return no_tick;
  for (std::uint64_t tick = tick_ + 1; tick < tick_ + slot_count; ++tick) {
    if (!slots_[tick % slot_count].empty()) return tick;
  }
  return tick_ + slot_count;
}

void Timers::advance(std::unique_lock<std::mutex>& lock, std::uint64_t to) {
  std::vector<Entry> due;
  const std::uint64_t from = std::max(tick_ + 1, to >= slot_count ? to - slot_count + 1 : 0);
  for (std::uint64_t tick = from; tick <= to; ++tick) {
    std::vector<Entry>& slot = slots_[tick % slot_count];
    const auto later = std::partition(slot.begin(), slot.end(), [to](const Entry& entry) { return entry.tick > to; });
    due.insert(due.end(), later, slot.end());
    slot.erase(later, slot.end());
  }
  tick_ = to;
  for (const Entry& entry : due) fire(lock, entry);
}

void Timers::fire(std::unique_lock<std::mutex>& lock, Entry entry) {
  --entries_;
  Timed& timed = *entry.timed;
  const bool current = timed.due_ == entry.tick;
  if (current) timed.due_ = 0;
  lock.unlock();
  const Time again = current ? timed.on_time(now()) : never;
  lock.lock();
  if (again != never) {
    const std::uint64_t tick = std::max(tick_of(again) + 1, tick_ + 1);
    if (timed.due_ == 0 || timed.due_ > tick) put(timed, tick);
  }
  lock.unlock();
  timed.release();
  lock.lock();
}

}  // namespace rpc::net
