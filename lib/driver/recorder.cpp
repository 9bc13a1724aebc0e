#include "driver/recorder.h"

#include <link.h>

#include <filesystem>

namespace farcall {
namespace {

namespace vfs = llvm::vfs;

/// A file that tells what was read from it.
class RecordedFile final : public vfs::File {
 public:
  RecordedFile(std::unique_ptr<vfs::File> file, std::string path, Facts& facts)
      : file_(std::move(file)), path_(std::move(path)), facts_(facts) {}

  llvm::ErrorOr<vfs::Status> status() override { return file_->status(); }
  llvm::ErrorOr<std::string> getName() override { return file_->getName(); }
  std::error_code close() override { return file_->close(); }

  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> getBuffer(const llvm::Twine& name, int64_t size, bool terminated,
                                                               bool is_volatile) override {
    auto buffer = file_->getBuffer(name, size, terminated, is_volatile);
    const auto known = file_->status();
    if (!buffer || !known) {
      facts_.spoil("'" + path_ + "' could not be read");
      return buffer;
    }
    const llvm::sys::fs::UniqueID id = known->getUniqueID();
    facts_.add(path_, {.answer = Answer::contents,
                       .hash = hash_of(std::string_view((*buffer)->getBuffer())),
                       .signature = Signature{.device = id.getDevice(), .inode = id.getFile()}});
    return buffer;
  }

 private:
  std::unique_ptr<vfs::File> file_;
  std::string path_;
  Facts& facts_;
};

int add_library(dl_phdr_info* info, std::size_t, void* facts) {
  const std::string path = info->dlpi_name;
  if (path.starts_with('/')) static_cast<Facts*>(facts)->add(path, {.answer = Answer::program});
  return 0;
}

}  // namespace

std::string Recorder::absolute(const llvm::Twine& path) const {
  llvm::SmallString<256> whole;
  path.toVector(whole);
  if (makeAbsolute(whole)) facts_.spoil("a path has no folder");
  return whole.str().str();
}

llvm::ErrorOr<vfs::Status> Recorder::status(const llvm::Twine& path) {
  auto found = ProxyFileSystem::status(path);
  const Answer kind = !found ? Answer::absent : found->isDirectory() ? Answer::folder : Answer::exists;
  facts_.add(absolute(path), {.answer = kind});
  return found;
}

bool Recorder::exists(const llvm::Twine& path) { return static_cast<bool>(status(path)); }

llvm::ErrorOr<std::unique_ptr<vfs::File>> Recorder::openFileForRead(const llvm::Twine& path) {
  auto file = ProxyFileSystem::openFileForRead(path);
  const std::string name = absolute(path);
  if (file) return std::make_unique<RecordedFile>(std::move(*file), name, facts_);
  if (file.getError() == std::errc::no_such_file_or_directory || file.getError() == std::errc::not_a_directory)
    facts_.add(name, {.answer = Answer::absent});
  else if (file.getError() != std::errc::is_a_directory)
    facts_.spoil("'" + name + "' cannot be opened");
  return file;
}

vfs::directory_iterator Recorder::dir_begin(const llvm::Twine& folder, std::error_code& error) {
  const std::string path = absolute(folder);
  if (const auto listing = hash_of_listing(path))
    facts_.add(path, {.answer = Answer::listing, .hash = *listing});
  else
    status(folder);
  return ProxyFileSystem::dir_begin(folder, error);
}

void add_programs(Facts& facts) {
  std::error_code error;
  facts.add(std::filesystem::read_symlink("/proc/self/exe", error), {.answer = Answer::program});
  dl_iterate_phdr(add_library, &facts);
}

}  // namespace farcall
