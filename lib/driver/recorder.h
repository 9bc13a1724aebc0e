// A file system that writes down all that is asked of it: what a parse depended on, also what it did not find.
//
//   Facts facts;
//   auto disk = llvm::makeIntrusiveRefCnt<Recorder>(llvm::vfs::createPhysicalFileSystem(), facts);
#pragma once

#include <string>

#include "frontend/clang_compat.h"
#include "stamp/facts.h"

namespace farcall {

class Recorder final : public llvm::vfs::ProxyFileSystem {
 public:
  /// `facts` outlive it.
  Recorder(llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> disk, Facts& facts)
      : ProxyFileSystem(std::move(disk)), facts_(facts) {}

  llvm::ErrorOr<llvm::vfs::Status> status(const llvm::Twine& path) override;
  bool exists(const llvm::Twine& path) override;
  llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>> openFileForRead(const llvm::Twine& path) override;
  llvm::vfs::directory_iterator dir_begin(const llvm::Twine& folder, std::error_code& error) override;

 private:
  [[nodiscard]] std::string absolute(const llvm::Twine& path) const;

  Facts& facts_;
};

/// What else a stamp of a run depends on: the tool's program and the libraries it has loaded.
void add_programs(Facts& facts);

}  // namespace farcall
