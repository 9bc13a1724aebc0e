// The compiler's view of the disk, in which generated files are always there and up to date. When the preprocessor
// looks for thermostat.rpc.h, the class in thermostat.h has been parsed, and the file is written at that moment. Where
// only thermostat.rpc.h is included, a made-up file of that name includes thermostat.h first and then the real one.
//
//   compiler.getFileManager().setVirtualFileSystem(
//       llvm::makeIntrusiveRefCnt<StubFiles>(files.getVirtualFileSystemPtr(), compiler, generation));
#pragma once

#include <llvm/Support/VirtualFileSystem.h>

#include <map>
#include <string>

#include "plugin/generation.h"

namespace farcall::plugin {

class StubFiles final : public llvm::vfs::ProxyFileSystem {
 public:
  /// Both outlive it.
  StubFiles(llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> disk, clang::CompilerInstance& compiler,
            Generation& generation);

  llvm::ErrorOr<llvm::vfs::Status> status(const llvm::Twine& path) override;
  llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>> openFileForRead(const llvm::Twine& path) override;

 private:
  struct Stub;

  llvm::vfs::FileSystem& prepared_for(const std::string& path);
  bool prepare(const std::string& path);
  void make_up(const std::string& path, const Stub& stub, clang::FileEntryRef header);
  void make(const Stub& stub, clang::FileEntryRef header);
  [[nodiscard]] bool mentions_attributes(clang::FileEntryRef header);
  [[nodiscard]] clang::OptionalFileEntryRef find_header(const Stub& stub);
  [[nodiscard]] clang::OptionalFileEntryRef header_beside(const Stub& stub);
  [[nodiscard]] clang::OptionalFileEntryRef header_of_last_time(const Stub& stub);
  [[nodiscard]] bool is_being_read(clang::FileID file) const;

  clang::CompilerInstance& compiler_;
  Generation& generation_;
  llvm::IntrusiveRefCntPtr<llvm::vfs::InMemoryFileSystem> made_up_;
  std::map<std::string, clang::FileEntryRef> headers_;  ///< with an output folder: those that were seen, by their stem
  bool busy_ = false;                                   ///< what is looked for meanwhile is not the user's
};

}  // namespace farcall::plugin
