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
  Leadership::Word word = 0;
};
thread_local Lead lead_of_thread;

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

void Loop::interest(EventSource& source, int fd, std::uint32_t before, std::uint32_t after) noexcept {
  start();
  epoll_event event{};
  event.events = after | EPOLLET | EPOLLRDHUP;  // an edge is cheaper: the next wait need not look at the socket again
  event.data.ptr = &source;
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

void Loop::retire(EventSource& source) noexcept {
  {
    const std::lock_guard lock(mutex_);
    retired_.push_back(&source);
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
bool Loop::leads() const noexcept { return lead_of_thread.loop == this && leadership_.held_with(lead_of_thread.word); }

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

void Loop::claim() noexcept {
  lead_of_thread = {this, leadership_.claim()};
  engine_.start_watching();
}

void Loop::yield() noexcept {
  leadership_.yield(lead_of_thread.word);
  lead_of_thread = {};
}

void Loop::enter() noexcept { leadership_.enter(lead_of_thread.word); }

bool Loop::leave() noexcept {
  if (lead_of_thread.loop == nullptr) return false;
  if (leadership_.leave(lead_of_thread.word)) return true;
  lead_of_thread = {};
  const std::lock_guard taking(taking_);  // until whoever took it has counted the connection for this thread
  return false;
}

void Loop::before_blocking() noexcept {
  Loop* loop = lead_of_thread.loop;
  if (loop == nullptr || !Leadership::user_code_in(lead_of_thread.word)) return;
  if (loop->take_over(lead_of_thread.word)) lead_of_thread = {};
}

bool Loop::take_over(Leadership::Word word) noexcept {
  if (!engine_.has_spare_thread()) return false;
  std::vector<Connection*> deferred;
  const std::lock_guard taking(taking_);
  {
    const std::lock_guard lock(mutex_);
    if (!leadership_.take(word)) return false;
    deferred.swap(deferred_);
    work_.store(true, std::memory_order_relaxed);  // who is left behind may not have looked for all that came
  }
  if (current_ != nullptr) current_->taken_over();
  for (Connection* connection : deferred) connection->flush_deferred();
  leadership_.release(word);
  engine_.appoint(*this);
  return true;
}

bool Loop::watch() noexcept {
  const Leadership::Word word = leadership_.word();
  const bool stuck = Leadership::user_code_in(word) && word == watched_word_;
  const bool moved = word != std::exchange(watched_word_, word);
  if (stuck) take_over(word);
  return stuck || moved || !Leadership::vacant_in(word);
}

void Loop::lead() {
  claim();
  while (run_ready()) {
    if (!wait()) return yield();
  }
}

// False: both places are taken.
bool Loop::wait() noexcept {
  if (direct_ != nullptr && !direct_taken_) {
    const bool goes_on = direct_wanted_ && !leadership_.wanted() && direct_->make_room();
    if (!goes_on) end_direct();
  }
  if (!epoll_taken_) return wait_for_events(), true;
  if (direct_ == nullptr || direct_taken_) return false;
  return wait_directly(), true;
}

void Loop::wait_for_events() noexcept {
  if (direct_ != nullptr && !direct_taken_ && !engine_.appoint(*this)) end_direct();
  epoll_taken_ = true;
  yield();
  const int count = net::wait(epoll_.get(), events_.data(), static_cast<int>(events_.size()));
  claim();
  epoll_taken_ = false;
  next_event_ = 0;
  event_count_ = count > 0 ? count : 0;
}

void Loop::wait_directly() noexcept {
  direct_taken_ = true;
  Connection& connection = *direct_;
  yield();
  connection.await();
  claim();
  direct_taken_ = false;
  direct_came_ = true;
}

// After a batch of the source.
void Loop::choose_direct(EventSource& source) noexcept {
  const bool alone = std::exchange(last_, &source) == &source;
  Connection* const wanted = source.direct(alone);
  if (direct_ != nullptr) {
    direct_wanted_ = direct_ == wanted;
  } else if (wanted != nullptr && engine_.has_spare_thread()) {
    direct_ = wanted;
    direct_wanted_ = true;
    wanted->begin_direct();
  }
}

void Loop::end_direct() noexcept { std::exchange(direct_, nullptr)->end_direct(); }

bool Loop::run_ready() {
  if (current_ != nullptr) {
    EventSource* const source = current_;
    if (!source->resume()) return source->release(), false;
    current_ = nullptr;
    last_ = nullptr;
    direct_wanted_ = false;
    flush_deferred();
  }
  if (std::exchange(direct_came_, false)) {
    if (!run_batch(*direct_, EPOLLIN, true)) return false;
  }
  while (next_event_ < event_count_) {
    const epoll_event event = events_[static_cast<std::size_t>(next_event_++)];
    if (event.data.ptr == nullptr) {
      handle_wake();
    } else if (!run_batch(*static_cast<EventSource*>(event.data.ptr), event.events, false)) {
      return false;
    }
  }
  // What other threads add after this look comes with a wake-up.
  if (next_task_ == running_.size() && !work_.load(std::memory_order_relaxed)) return true;
  work_.store(false, std::memory_order_relaxed);
  if (!run_tasks()) return false;
  release_retired();
  return true;
}

// `direct`: a thread that waited for direct_ alone got something.
bool Loop::run_batch(EventSource& source, std::uint32_t events, bool direct) {
  current_ = &source;
  if (!(direct ? direct_->on_received() : source.on_events(events))) return source.release(), false;
  current_ = nullptr;
  if ((events & EPOLLIN) != 0) choose_direct(source);
  flush_deferred();
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

// A thread at the epoll may have got events that it has not claimed the leadership for: it sees to the rest.
void Loop::release_retired() noexcept {
  std::vector<EventSource*> retired;
  {
    const std::lock_guard lock(mutex_);
    if (retired_.empty()) return;
    if (epoll_taken_) {
      work_.store(true, std::memory_order_relaxed);
      if (!std::exchange(woken_, true)) wake();
      return;
    }
    retired.swap(retired_);
  }
  for (EventSource* source : retired) source->release();
}

}  // namespace rpc::net
