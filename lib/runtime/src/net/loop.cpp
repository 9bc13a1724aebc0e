#include "net/loop.h"

#include "net/connection.h"
#include "net/engine.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace rpc::net {

namespace {

/// What this thread leads, and its word.
struct Lead {
  Loop* loop = nullptr;
  std::uint64_t word = 0;
};
thread_local Lead lead_of_thread;

constexpr std::uint64_t in_user_code = 1;

constexpr std::uint64_t next_word(std::uint64_t word) { return (word | in_user_code) + 1; }

}  // namespace

Loop::Loop(Engine& engine)
    : engine_(engine), epoll_(::epoll_create1(EPOLL_CLOEXEC)), wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.ptr = nullptr;
  ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, wake_.get(), &event);
}

// The first use of a loop appoints its first leader.
void Loop::start() noexcept {
  if (!started_.load(std::memory_order_relaxed) && !started_.exchange(true)) engine_.appoint(*this);
}

void Loop::interest(Connection& connection, int fd, std::uint32_t before, std::uint32_t after) noexcept {
  start();
  epoll_event event{};
  event.events = after | EPOLLET | EPOLLRDHUP;  // an edge is cheaper: the next wait need not look at the socket again
  event.data.ptr = &connection;
  const int operation = before == 0 ? EPOLL_CTL_ADD : after == 0 ? EPOLL_CTL_DEL : EPOLL_CTL_MOD;
  ::epoll_ctl(epoll_.get(), operation, fd, &event);
}

void Loop::post(internal::Continuation& task) noexcept {
  start();
  {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(&task);
    work_.store(true, std::memory_order_relaxed);
    if (leads() || std::exchange(woken_, true)) return;
  }
  wake();
}

void Loop::retire(Connection& connection) noexcept {
  {
    const std::lock_guard lock(mutex_);
    retired_.push_back(&connection);
    work_.store(true, std::memory_order_relaxed);
    if (leads() || std::exchange(woken_, true)) return;
  }
  wake();
}

void Loop::wake() noexcept {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = ::write(wake_.get(), &one, sizeof one);
}

void Loop::handle_wake() noexcept {
  std::uint64_t count = 0;
  [[maybe_unused]] const ssize_t got = ::read(wake_.get(), &count, sizeof count);
  const std::lock_guard lock(mutex_);
  woken_ = false;
}

// Under mutex_, which the taking over needs too: what the leader adds is seen by whoever leads after it, before the
// next wait, without a wake-up.
bool Loop::leads() const noexcept {
  return lead_of_thread.loop == this && word_.load(std::memory_order_relaxed) == lead_of_thread.word;
}

bool Loop::in_batch() noexcept { return lead_of_thread.loop != nullptr; }

bool Loop::defer_flush(Connection& connection) noexcept {
  Loop* loop = lead_of_thread.loop;
  if (loop == nullptr) return false;
  const std::lock_guard lock(loop->mutex_);
  if (!loop->leads()) return false;
  connection.retain();
  loop->deferred_.push_back(&connection);
  loop->work_.store(true, std::memory_order_relaxed);
  return true;
}

void Loop::enter() noexcept {
  lead_of_thread.word = next_word(lead_of_thread.word) | in_user_code;
  word_.store(lead_of_thread.word, std::memory_order_release);
}

bool Loop::leave() noexcept {
  if (lead_of_thread.loop == nullptr) return false;
  if ((lead_of_thread.word & in_user_code) == 0) return true;  // left before
  std::uint64_t mine = lead_of_thread.word;
  lead_of_thread.word = mine & ~in_user_code;
  if (word_.compare_exchange_strong(mine, lead_of_thread.word, std::memory_order_acq_rel)) return true;
  lead_of_thread = {};
  const std::lock_guard taking(taking_);  // until whoever took it has counted the connection for this thread
  return false;
}

void Loop::before_blocking() noexcept {
  Loop* loop = lead_of_thread.loop;
  if (loop == nullptr || (lead_of_thread.word & in_user_code) == 0) return;
  if (loop->take_over(lead_of_thread.word)) lead_of_thread = {};
}

bool Loop::take_over(std::uint64_t word) noexcept {
  if (!engine_.has_spare_thread()) return false;
  std::vector<Connection*> deferred;
  const std::lock_guard taking(taking_);
  {
    const std::lock_guard lock(mutex_);
    if (!word_.compare_exchange_strong(word, next_word(word), std::memory_order_acq_rel)) return false;
    deferred.swap(deferred_);
  }
  if (current_ != nullptr) current_->taken_over();
  for (Connection* connection : deferred) connection->flush_deferred();
  engine_.appoint(*this);
  return true;
}

bool Loop::watch() noexcept {
  const std::uint64_t word = word_.load();
  const bool stuck = (word & in_user_code) != 0 && word == watched_word_;
  const bool moved = word != std::exchange(watched_word_, word);
  if (stuck) take_over(word);
  return stuck || moved || !parked_.load();
}

void Loop::lead() {
  lead_of_thread = {this, word_.load(std::memory_order_acquire)};
  while (run_ready()) wait();
}

void Loop::wait() noexcept {
  parked_.store(true);
  const int count = net::wait(epoll_.get(), events_.data(), static_cast<int>(events_.size()));
  parked_.store(false);
  engine_.start_watching();
  next_event_ = 0;
  event_count_ = count > 0 ? count : 0;
}

bool Loop::run_ready() {
  if (current_ != nullptr) {
    Connection* const connection = current_;
    if (!connection->resume()) return connection->release(), false;
    current_ = nullptr;
    flush_deferred();
  }
  while (next_event_ < event_count_) {
    const epoll_event event = events_[static_cast<std::size_t>(next_event_++)];
    Connection* const connection = static_cast<Connection*>(event.data.ptr);
    if (connection == nullptr) {
      handle_wake();
      continue;
    }
    current_ = connection;
    if (!connection->on_events(event.events)) return connection->release(), false;
    current_ = nullptr;
    flush_deferred();
  }
  // What other threads add after this look comes with a wake-up.
  if (next_task_ == running_.size() && !work_.load(std::memory_order_relaxed)) return true;
  work_.store(false, std::memory_order_relaxed);
  if (!run_tasks()) return false;
  release_retired();
  return true;
}

bool Loop::run_tasks() {
  for (;;) {
    while (next_task_ < running_.size()) {
      internal::Continuation& task = *running_[next_task_++];
      enter();
      task.run(task);
      if (!leave()) return false;
    }
    flush_deferred();
    running_.clear();
    next_task_ = 0;
    const std::lock_guard lock(mutex_);
    if (tasks_.empty()) return true;
    running_.swap(tasks_);
  }
}

void Loop::flush_deferred() noexcept {
  if (!work_.load(std::memory_order_relaxed)) return;
  std::vector<Connection*> deferred;
  {
    const std::lock_guard lock(mutex_);
    if (deferred_.empty()) return;
    deferred.swap(deferred_);
  }
  for (Connection* connection : deferred) connection->flush_deferred();
}

void Loop::release_retired() noexcept {
  std::vector<Connection*> retired;
  {
    const std::lock_guard lock(mutex_);
    if (retired_.empty()) return;
    retired.swap(retired_);
  }
  for (Connection* connection : retired) connection->release();
}

}  // namespace rpc::net
