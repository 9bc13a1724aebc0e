// A server that runs for one test, and ways to wait without sleeping for a fixed time.
//
//   Running running;                                   // on a Unix socket in a folder of its own
//   ProbeClient probe(rpc::connect(running.url));
//   EXPECT_TRUE(soon([&] { return calls == 3; }));
#pragma once

#include <rpc/server.h>

#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "runtime/net/probe.h"

using namespace std::chrono_literals;

/// Far more than anything takes; what is waited for is normally there at once.
inline constexpr std::chrono::seconds patience{20};

/// Whether the condition becomes true in that time.
inline bool soon(const std::function<bool()>& condition, std::chrono::seconds most = patience) {
  const auto until = std::chrono::steady_clock::now() + most;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(1ms);
  }
  return true;
}

/// Opens once; everybody who waits goes on.
class Gate {
 public:
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

  /// False if it stayed shut for as long as patience.
  bool wait() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, patience, [this] { return open_; });
  }

  bool is_open() {
    const std::lock_guard lock(mutex_);
    return open_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
};

/// A folder that goes with the test.
class Folder {
 public:
  explicit Folder(const std::filesystem::path& parent = std::filesystem::temp_directory_path()) {
    std::string name = (parent / "rpc-test-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string socket(const std::string& name = "s") const { return (path_ / name).string(); }
  std::string url(const std::string& name = "s") const { return "unix:" + socket(name); }

 private:
  std::filesystem::path path_;
};

struct Running {
  explicit Running(const rpc::ServerOptions& options = {}) : server(options) {
    server.serve<Probe>(object);
    url = server.listen(folder.url());
  }

  Folder folder;
  std::shared_ptr<Probe> object = std::make_shared<Probe>();
  rpc::Server server;
  std::string url;
};

/// The code of the Error that `call` throws; fails the test's expectations by its value if there is none.
template <class Call>
rpc::Error error_of(Call call) {
  try {
    call();
  } catch (const rpc::Error& error) {
    return error;
  }
  // NOLINTNEXTLINE(bugprone-invalid-enum-default-initialization): what no failure has
  return rpc::Error(rpc::Code{}, "no error");
}
