#include "plugin/stub_files.h"

#include <clang/Lex/PreprocessorOptions.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/SaveAndRestore.h>

#include <filesystem>
#include <utility>

namespace farcall::plugin {

namespace fs = std::filesystem;

/// A path that may be that of a generated file.
struct StubFiles::Stub {
  std::string folder;
  std::string name;
  std::string stem;             ///< "thermostat"
  bool is_second_look = false;  ///< asked for by a made-up file

  static std::optional<Stub> of(llvm::StringRef path) {
    const llvm::StringRef name = llvm::sys::path::filename(path);
    for (const llvm::StringRef suffix : {".rpc.h", ".rpc.cpp", ".rpc.mock.h"}) {
      if (name.size() <= suffix.size() || !name.ends_with(suffix)) continue;
      Stub stub{.folder = llvm::sys::path::parent_path(path).str(),
                .name = name.str(),
                .stem = name.drop_back(suffix.size()).str()};
      if (stub.folder.empty()) stub.folder = ".";
      stub.recognise_second_look();
      return stub;
    }
    return std::nullopt;
  }

  /// How a made-up file spells the real one: Clang knows files by their paths, so it has to be another path to the same
  /// file. It goes up and down again, since precompiled headers take out of a path what only stays where it is.
  [[nodiscard]] std::string second_look() const { return "../" + real_name(folder) + "/" + name; }

 private:
  static std::string real_name(const std::string& folder) {
    std::error_code error;
    return fs::canonical(folder, error).filename().string();
  }

  void recognise_second_look() {
    const llvm::StringRef up = llvm::sys::path::parent_path(folder);
    if (llvm::sys::path::filename(up) != "..") return;
    const std::string first = llvm::sys::path::parent_path(up).str();
    is_second_look = real_name(first.empty() ? "." : first) == llvm::sys::path::filename(folder);
    if (is_second_look) folder = first.empty() ? "." : first;
  }
};

StubFiles::StubFiles(llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> disk, clang::CompilerInstance& compiler,
                     Generation& generation)
    : ProxyFileSystem(std::move(disk)),
      compiler_(compiler),
      generation_(generation),
      made_up_(llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>()) {
  if (const llvm::ErrorOr<std::string> here = getUnderlyingFS().getCurrentWorkingDirectory())
    made_up_->setCurrentWorkingDirectory(*here);
}

llvm::ErrorOr<llvm::vfs::Status> StubFiles::status(const llvm::Twine& path) {
  const std::string name = path.str();
  return prepared_for(name).status(name);
}

llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>> StubFiles::openFileForRead(const llvm::Twine& path) {
  const std::string name = path.str();
  return prepared_for(name).openFileForRead(name);
}

llvm::vfs::FileSystem& StubFiles::prepared_for(const std::string& path) {
  return prepare(path) ? static_cast<llvm::vfs::FileSystem&>(*made_up_) : getUnderlyingFS();
}

// True for a file that is made up. Which ones are depends on the disk alone: precompiled headers remember them.
bool StubFiles::prepare(const std::string& path) {
  if (busy_) return false;
  const std::optional<Stub> stub = Stub::of(path);
  if (!stub) return false;
  const llvm::SaveAndRestore busy(busy_, true);
  const clang::OptionalFileEntryRef header = find_header(*stub);
  if (!header) return false;
  if (!stub->is_second_look && mentions_attributes(*header)) {
    make_up(path, *stub, *header);
    return true;
  }
  if (compiler_.hasSema()) make(*stub, *header);
  return false;
}

void StubFiles::make_up(const std::string& path, const Stub& stub, clang::FileEntryRef header) {
  const std::string name = generation_.out_dir().empty()
                               ? llvm::sys::path::filename(header.getName()).str()
                               : fs::absolute(header.getName().str()).lexically_normal().string();
  const std::string text = "#include \"" + name + "\"\n#include \"" + stub.second_look() + "\"\n";
  made_up_->addFile(path, 0, llvm::MemoryBuffer::getMemBufferCopy(text));
}

void StubFiles::make(const Stub& stub, clang::FileEntryRef header) {
  const clang::SourceManager& sources = compiler_.getSourceManager();
  const clang::FileID file = sources.translateFile(header);
  if (file.isInvalid()) return;
  if (is_being_read(file))
    return generation_.fail(header, "'" + header.getName().str() + "' includes '" + stub.name +
                                        "' while it is being read; include that where it is used instead");
  if (!sources.isLoadedFileID(file)) return generation_.make(header);
  // Of a precompiled header; what a module has was made with it. So were stubs that are in the precompiled header, too.
  const bool is_precompiled = !compiler_.getPreprocessorOpts().ImplicitPCHInclude.empty();
  const auto known = compiler_.getFileManager().getOptionalFileRef(stub.folder + "/./" + stub.name);  // the real one
  if (is_precompiled && !(known && sources.translateFile(*known).isValid())) generation_.make(header);
}

// An attribute may also come out of a macro: then the header has to be included before its stubs.
bool StubFiles::mentions_attributes(clang::FileEntryRef header) {
  const auto text = getUnderlyingFS().getBufferForFile(header.getName());
  return text && (*text)->getBuffer().contains("rpc::");
}

clang::OptionalFileEntryRef StubFiles::header_beside(const Stub& stub) {
  for (const char* extension : {".h", ".hpp", ".hh", ".hxx"}) {
    const std::string path = (stub.folder == "." ? "" : stub.folder + "/") + stub.stem + extension;
    if (getUnderlyingFS().exists(path)) return compiler_.getFileManager().getOptionalFileRef(path);
  }
  return std::nullopt;
}

/// The header that an earlier stub includes.
clang::OptionalFileEntryRef StubFiles::header_of_last_time(const Stub& stub) {
  const auto text = getUnderlyingFS().getBufferForFile(stub.folder + "/" + stub.stem + ".rpc.h");
  if (!text) return std::nullopt;
  llvm::SmallVector<llvm::StringRef> lines;
  (*text)->getBuffer().split(lines, '\n');
  for (llvm::StringRef line : lines)
    if (line.consume_front("#include \"") && line.consume_back("\"") && llvm::sys::path::stem(line) == stub.stem)
      return compiler_.getFileManager().getOptionalFileRef(stub.folder + "/" + line.str());
  return std::nullopt;
}

// With an output folder the compiler looks beside the header, in vain, before or after it looks there.
clang::OptionalFileEntryRef StubFiles::find_header(const Stub& stub) {
  if (generation_.out_dir().empty()) return header_beside(stub);
  std::error_code error;
  if (!fs::equivalent(stub.folder, generation_.out_dir(), error)) {
    if (const clang::OptionalFileEntryRef header = header_beside(stub)) headers_.insert_or_assign(stub.stem, *header);
    return std::nullopt;
  }
  if (const auto seen = headers_.find(stub.stem); seen != headers_.end()) return seen->second;
  const clang::SourceManager& sources = compiler_.getSourceManager();
  for (auto each = sources.fileinfo_begin(); each != sources.fileinfo_end(); ++each)
    if (llvm::sys::path::stem(each->first.getName()) == stub.stem) return each->first;
  return header_of_last_time(stub);
}

bool StubFiles::is_being_read(clang::FileID file) const {
  const clang::SourceManager& sources = compiler_.getSourceManager();
  const clang::PreprocessorLexer* const lexer = compiler_.getPreprocessor().getCurrentFileLexer();
  if (lexer == nullptr) return false;
  for (clang::FileID each = lexer->getFileID(); each.isValid();) {
    if (each == file) return true;
    const clang::SourceLocation includer = sources.getIncludeLoc(each);
    if (includer.isInvalid()) return false;
    each = sources.getFileID(includer);
  }
  return false;
}

}  // namespace farcall::plugin
