#include "lsp/schedule.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <exception>

namespace farcall::lsp {

Schedule::Schedule(std::function<void(const std::string&)> analyse)
    : analyse_(std::move(analyse)), thread_([this] { work(); }) {}

Schedule::~Schedule() {
  {
    const std::scoped_lock lock(mutex_);
    is_stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Schedule::refresh(const std::string& path) {
  {
    const std::scoped_lock lock(mutex_);
    if (std::ranges::find(to_analyse_, path) != to_analyse_.end()) return;
    to_analyse_.push_back(path);
  }
  changed_.notify_one();
}

void Schedule::after(const std::string& path, const std::string& name, Task task) {
  {
    const std::scoped_lock lock(mutex_);
    waiting_.push_back({path, name, std::move(task)});
  }
  changed_.notify_one();
}

bool Schedule::cancel(const std::string& name) {
  const std::scoped_lock lock(mutex_);
  const auto found = std::ranges::find(waiting_, name, &Waiting::name);
  if (name.empty() || found == waiting_.end()) return false;
  waiting_.erase(found);
  return true;
}

Schedule::Task Schedule::next() {
  const auto ready = std::ranges::find_if(
      waiting_, [this](const Waiting& each) { return std::ranges::find(to_analyse_, each.path) == to_analyse_.end(); });
  if (ready != waiting_.end()) {
    Task task = std::move(ready->task);
    waiting_.erase(ready);
    return task;
  }
  if (to_analyse_.empty()) return {};
  const std::string path = to_analyse_.front();
  to_analyse_.erase(to_analyse_.begin());
  return [this, path] { analyse_(path); };
}

void Schedule::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    Task task;
    changed_.wait(lock, [&] { return is_stopping_ || (task = next()); });
    if (is_stopping_) return;
    lock.unlock();
    try {
      task();
    } catch (const std::exception& error) {
      spdlog::error("internal error: {}", error.what());
    }
    task = {};  // what it holds is let go of without the mutex
    lock.lock();
  }
}

}  // namespace farcall::lsp
