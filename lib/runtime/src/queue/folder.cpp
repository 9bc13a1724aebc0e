#include "queue/folder.h"

#include <rpc/error.h>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>
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

std::string holder(int lock) {
  std::array<char, 32> text{};
  const ssize_t size = ::pread(lock, text.data(), text.size(), 0);
  return size > 0 ? "process " + std::string(text.data(), static_cast<std::size_t>(size)) : "another process";
}

net::Fd take(const std::string& path) {
  const std::string name = path + "/lock";
  net::Fd lock(::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!lock) fail(path, problem_of(errno));
  if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
    fail(path, holder(lock.get()) +
                   " has it open; give each process a folder of its own, by FARCALL_QUEUE_DIR or "
                   "QueueOptions::folder");
  }
  const std::string process = std::to_string(::getpid());
  // Only who asks in vain reads it.
  if (::ftruncate(lock.get(), 0) != 0 || ::pwrite(lock.get(), process.data(), process.size(), 0) < 0) return lock;
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

Folder::Folder(const std::string& path) : path_(resolve(path)), lock_(take(path_)) {}

}  // namespace rpc::queue
