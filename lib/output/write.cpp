#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "output/file.h"
#include "output/output.h"

namespace farcall {
namespace {

namespace fs = std::filesystem;

std::string reason(int error) { return std::generic_category().message(error); }

WriteResult failure(const std::string& path, const std::string& why) {
  return {WriteOutcome::failed, "cannot write '" + path + "': " + why};
}

/// The file behind a chain of symbolic links, existing or not; the path itself for a chain without end.
fs::path follow_links(fs::path path) {
  constexpr int longest_chain = 40;
  fs::path target = path;
  for (int i = 0; i < longest_chain; ++i) {
    std::error_code ignored;
    if (!fs::is_symlink(target, ignored)) return target;
    target = target.parent_path() / fs::read_symlink(target, ignored);
  }
  return path;
}

/// A new file beside the one to write. It goes away again, unless it has become that file.
class TemporaryFile {
 public:
  /// Check error() before anything else.
  explicit TemporaryFile(const fs::path& folder) {
    static std::atomic<unsigned> counter = 0;
    do {
      path_ = folder / (".farcall-" + std::to_string(getpid()) + "-" + std::to_string(counter++) + ".tmp");
      descriptor_ = open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    } while (descriptor_ < 0 && errno == EEXIST);  // another machine's process with our number, on a shared disk
    keep_error(descriptor_ >= 0);
  }
  ~TemporaryFile() {
    if (descriptor_ >= 0) close(descriptor_);
    if (!path_.empty()) unlink(path_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  /// The errno of the first step that failed, or 0; no step does anything after it.
  [[nodiscard]] int error() const { return error_; }

  void take_mode_of(const fs::path& existing) {
    struct stat status{};
    if (error_ == 0 && stat(existing.c_str(), &status) == 0)
      keep_error(fchmod(descriptor_, status.st_mode & 07777) == 0);
  }
  void fill(std::string_view contents) {
    while (error_ == 0 && !contents.empty()) {
      const ssize_t count = ::write(descriptor_, contents.data(), contents.size());
      if (count >= 0)
        contents.remove_prefix(static_cast<std::size_t>(count));
      else
        keep_error(errno == EINTR);
    }
  }
  void become(const fs::path& target) {
    if (error_ == 0) keep_error(close(std::exchange(descriptor_, -1)) == 0);
    if (error_ == 0) keep_error(rename(path_.c_str(), target.c_str()) == 0);
    if (error_ == 0) path_.clear();
  }

 private:
  void keep_error(bool succeeded) {
    if (!succeeded) error_ = errno;
  }

  fs::path path_;
  int descriptor_ = -1;
  int error_ = 0;
};

}  // namespace

WriteResult write(const GeneratedFile& file) {
  const fs::path target = follow_links(file.path);
  std::error_code error;
  const fs::file_status status = fs::status(target, error);
  if (status.type() == fs::file_type::none) return failure(file.path, error.message());
  if (fs::is_directory(status)) return failure(file.path, "it is a directory");
  if (fs::exists(status) && !fs::is_regular_file(status)) return failure(file.path, "it is not a regular file");
  if (read_file(target).contents == file.contents) return {WriteOutcome::unchanged, {}};

  const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
  if (fs::create_directories(folder, error); error)
    return failure(file.path, "cannot make the folder '" + folder.string() + "': " + error.message());
  TemporaryFile temporary(folder);
  temporary.take_mode_of(target);
  temporary.fill(file.contents);
  temporary.become(target);
  if (temporary.error() != 0) return failure(file.path, reason(temporary.error()));
  return {WriteOutcome::written, {}};
}

}  // namespace farcall
