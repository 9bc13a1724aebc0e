// The folder of a queue: found, made, and taken by one process.
//
//   const Folder folder(options.folder);
//   Database database(folder.file());
#pragma once

#include "net/socket.h"

#include <string>

namespace rpc::queue {

/// Holds the folder as long as it lives. Throws Error (not_stored).
class Folder {
 public:
  /// An empty path stands for the default, see QueueOptions::folder.
  explicit Folder(const std::string& path);

  std::string file() const { return path_ + "/messages.db"; }
  const std::string& path() const noexcept { return path_; }

 private:
  const std::string path_;
  net::Fd lock_;
};

}  // namespace rpc::queue
