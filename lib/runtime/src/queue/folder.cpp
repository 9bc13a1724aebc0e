#include "queue/folder.h"

#include <rpc/error.h>
#include <rpc/queue_control.h>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <thread>
#include <utility>

namespace rpc::queue {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& path, const std::string& problem) {
  throw Error(Code::not_stored, "the queue in " + path + " cannot be opened: " + problem);
}

std::string problem_of(int error) { return std::generic_category().message(error); }

/// An environment variable; empty like one that is not set.
std::string variable(const char* name) {
  const char* const value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody has a reason to change them
  return value != nullptr ? value : "";
}

fs::path state_folder() {
  if (std::string state = variable("XDG_STATE_HOME"); state.starts_with('/')) return state;
  const std::string home = variable("HOME");
  if (!home.empty()) return fs::path(home) / ".local/state";
  throw Error(Code::not_stored,
              "there is no place for the queue: set FARCALL_QUEUE_DIR, HOME, or QueueOptions::folder");
}

std::string default_folder() {
  if (std::string given = variable("FARCALL_QUEUE_DIR"); !given.empty()) return given;
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored).filename();
  return state_folder() / "farcall" / (program.empty() ? fs::path("program") : program);
}

/// Folders above it get the usual permissions.
void make(const fs::path& path) {
  std::error_code error;
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), error);
  if (!error && ::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) error.assign(errno, std::generic_category());
  if (error) fail(path, error.message());
  if (!fs::is_directory(path, error)) fail(path, "it is no folder");
}

/// Who has it only for a moment says so behind its number.
constexpr const char* for_a_moment = " for a moment";
constexpr std::chrono::seconds longest_moment{10};

std::string read_lock(int lock) {
  std::array<char, 64> text{};
  const ssize_t size = ::pread(lock, text.data(), text.size(), 0);
  return {text.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0))};
}

std::string holder_by(const std::string& text) {
  return text.empty() ? "another process" : "process " + text.substr(0, text.find(' '));
}

net::Fd open_lock(const std::string& path) {
  const std::string name = path + "/lock";
  net::Fd lock(::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!lock) fail(path, problem_of(errno));
  return lock;
}

bool take(const net::Fd& lock, const char* how) {
  if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) return false;
  const std::string text = std::to_string(::getpid()) + how;
  // Only who asks in vain reads it.
  [[maybe_unused]] const bool written =
      ::ftruncate(lock.get(), 0) == 0 && ::pwrite(lock.get(), text.data(), text.size(), 0) > 0;
  return true;
}

net::Fd take(const std::string& path) {
  net::Fd lock = open_lock(path);
  const auto until = std::chrono::steady_clock::now() + longest_moment;
  while (!take(lock, "")) {
    const std::string text = read_lock(lock.get());
    if (text.ends_with(for_a_moment) && std::chrono::steady_clock::now() < until) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      continue;
    }
    fail(path, holder_by(text) +
                   " has it open; give each process a folder of its own, by FARCALL_QUEUE_DIR or "
                   "QueueOptions::folder");
  }
  return lock;
}

/// Absolute, so that it stays what it is when the process goes elsewhere.
std::string resolve(const std::string& path) {
  std::error_code error;
  const fs::path absolute = fs::absolute(path.empty() ? default_folder() : path, error);
  if (error) fail(path, error.message());
  make(absolute);
  return absolute;
}

}  // namespace

Folder::Folder(const std::string& path) : path_(resolve(path)), lock_(take(path_)), folder_(open(path_)) {}

std::optional<Folder> Folder::visit(const std::string& path) {
  net::Fd lock = open_lock(path);
  if (!take(lock, for_a_moment)) return std::nullopt;
  return Folder(path, std::move(lock));
}

std::string Folder::holder(const std::string& path) { return holder_by(read_lock(open_lock(path).get())); }

net::Fd Folder::open(const std::string& path) {
  return net::Fd(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

}  // namespace rpc::queue

namespace rpc {

std::vector<std::string> queue_folders() {
  if (std::string given = queue::variable("FARCALL_QUEUE_DIR"); !given.empty()) return {std::move(given)};
  std::vector<std::string> folders;
  std::error_code error;
  std::filesystem::directory_iterator each(queue::state_folder() / "farcall", error);
  for (; !error && each != std::filesystem::directory_iterator(); each.increment(error))
    if (std::filesystem::exists(each->path() / "messages.db", error)) folders.push_back(each->path());
  std::ranges::sort(folders);
  return folders;
}

}  // namespace rpc
