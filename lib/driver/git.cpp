#include "driver/git.h"

#include <filesystem>
#include <vector>

#include <llvm/Support/FileSystem.h>
#include <llvm/Support/FileUtilities.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Program.h>

namespace farcall {
namespace {

/// What the program wrote to its standard output; nothing if it is not there or fails.
std::optional<std::string> output_of(llvm::StringRef program, const std::vector<std::string>& arguments) {
  const llvm::ErrorOr<std::string> path = llvm::sys::findProgramByName(program);
  llvm::SmallString<128> output;
  if (!path || llvm::sys::fs::createTemporaryFile("farcall", "out", output)) return std::nullopt;
  const llvm::FileRemover cleanup(output);
  std::vector<llvm::StringRef> words = {program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  const std::optional<llvm::StringRef> streams[] = {llvm::StringRef(), output.str(), llvm::StringRef()};
  if (llvm::sys::ExecuteAndWait(*path, words, std::nullopt, streams) != 0) return std::nullopt;
  const auto buffer = llvm::MemoryBuffer::getFile(output);
  if (!buffer) return std::nullopt;
  return (*buffer)->getBuffer().str();
}

}  // namespace

Revision::Revision(std::string name, const std::string& header)
    : name_(std::move(name)), folder_(std::filesystem::absolute(header).parent_path().string()) {}

std::optional<std::string> Revision::git(const std::vector<std::string>& arguments) const {
  std::vector<std::string> all = {"-C", folder_};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return output_of("git", all);
}

bool Revision::exists() const {
  return !name_.starts_with('-') && git({"rev-parse", "--verify", "--quiet", name_ + "^{commit}"}).has_value();
}

std::optional<std::string> Revision::show(const std::string& name) const { return git({"show", name_ + ":./" + name}); }

std::string Revision::root() const {
  std::string root = git({"rev-parse", "--show-toplevel"}).value_or("");
  while (root.ends_with('\n')) root.pop_back();
  return root;
}

bool Revision::unpack(const std::string& folder) const {
  const std::string archive = folder + "/farcall.tar";
  const bool unpacked = output_of("git", {"-C", root(), "archive", "--format=tar", "--output=" + archive, name_}) &&
                        output_of("tar", {"-xf", archive, "-C", folder});
  (void)llvm::sys::fs::remove(archive);
  return unpacked;
}

}  // namespace farcall
