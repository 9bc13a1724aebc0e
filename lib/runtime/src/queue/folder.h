// The folder of a queue: found, made, and taken by one process.
//
//   const Folder folder(options.folder);
//   Database database(folder.file());
#pragma once

#include "net/socket.h"

#include <optional>
#include <string>
#include <utility>

namespace rpc::queue {

/// Holds the folder as long as it lives. Throws Error (not_stored).
class Folder {
 public:
  /// An empty path stands for the default, see QueueOptions::folder.
  explicit Folder(const std::string& path);

  /// One that is there, for a moment: whoever opens it meanwhile waits. Nothing if a process has it open.
  static std::optional<Folder> visit(const std::string& path);

  /// The process that has the folder at the path open: "process 4711".
  static std::string holder(const std::string& path);

  std::string file() const { return path_ + "/messages.db"; }
  const std::string& path() const noexcept { return path_; }

  /// Of the socket at which the process that has the queue can be asked. However long the folder's path is, a socket
  /// may have this one, for as long as this folder is open.
  std::string control_path() const { return control_path(folder_); }
  static std::string control_path(const net::Fd& folder) {
    return "/proc/self/fd/" + std::to_string(folder.get()) + "/control";
  }

  /// The folder itself, for control_path().
  static net::Fd open(const std::string& path);

 private:
  Folder(std::string path, net::Fd lock) : path_(std::move(path)), lock_(std::move(lock)), folder_(open(path_)) {}

  std::string path_;
  net::Fd lock_;
  net::Fd folder_;
};

}  // namespace rpc::queue
