// The thread that analyses, and what waits for it. Whoever hands work in never waits.
//
//   Schedule schedule([&](const std::string& path) { show(workspace.analyse(path)); });
//   schedule.refresh(path);                            // the newest text when its turn comes, however often this is
//   called schedule.after(path, "7", [&] { answer(…); });     // when what is known about `path` is up to date
#pragma once

#include <condition_variable>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace farcall::lsp {

class Schedule {
 public:
  using Task = std::function<void()>;

  /// `analyse` runs on the thread, as all tasks do, one after the other.
  explicit Schedule(std::function<void(const std::string&)> analyse);
  /// Waits for what is running; what has not begun never runs.
  ~Schedule();
  Schedule(const Schedule&) = delete;
  Schedule& operator=(const Schedule&) = delete;

  void refresh(const std::string& path);

  /// `name` is for cancel(); empty: it cannot be cancelled.
  void after(const std::string& path, const std::string& name, Task task);

  /// Whether the task had not begun, and never will.
  bool cancel(const std::string& name);

 private:
  struct Waiting {
    std::string path;
    std::string name;
    Task task;
  };

  void work();
  [[nodiscard]] Task next();  // the mutex is held; empty: there is nothing to do

  const std::function<void(const std::string&)> analyse_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_stopping_ = false;
  std::vector<std::string> to_analyse_;
  std::list<Waiting> waiting_;
  std::thread thread_;  // the last: it uses the others
};

}  // namespace farcall::lsp
