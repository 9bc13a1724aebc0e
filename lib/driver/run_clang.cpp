#include "driver/run_clang.h"

#include <clang/Tooling/Tooling.h>
#include <llvm/Support/VirtualFileSystem.h>

#include <filesystem>

#include "driver/recorder.h"
#include "frontend/attributes.h"

namespace farcall {
namespace {

/// Between Clang's driver, which reads the arguments, and its frontend.
class Invocation final : public clang::tooling::ToolAction {
 public:
  Invocation(clang::FrontendAction& action, const Adjust& adjust) : action_(action), adjust_(adjust) {}

  bool runInvocation(std::shared_ptr<clang::CompilerInvocation> invocation, clang::FileManager* files,
                     std::shared_ptr<clang::PCHContainerOperations> containers,
                     clang::DiagnosticConsumer* diagnostics) override {
    if (!adjust_(*invocation)) return false;
    const auto compiler = make_compiler(std::move(invocation), std::move(containers), *files, *diagnostics);
    compiler->setVerboseOutputStream(llvm::nulls());  // no "1 error generated."
    return compiler->ExecuteAction(action_);
  }

 private:
  clang::FrontendAction& action_;
  const Adjust& adjust_;
};

}  // namespace

bool run_clang(const ParseJob& job, const MadeUpSource& source,
               const std::map<std::string, llvm::MemoryBufferRef>& others, clang::FrontendAction& action,
               clang::DiagnosticConsumer& diagnostics, Facts& facts, const Adjust& adjust) {
  register_attributes();
  // Each run has a working folder of its own, so that several can go on at once.
  auto disk = llvm::makeIntrusiveRefCnt<Recorder>(llvm::vfs::createPhysicalFileSystem(), facts);
  auto overlay = llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(disk);
  auto memory = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  overlay->pushOverlay(memory);
  overlay->setCurrentWorkingDirectory(job.directory);
  const std::string main_file = (std::filesystem::path(job.directory) / source.name).string();
  memory->addFile(main_file, 0, llvm::MemoryBuffer::getMemBufferCopy(source.text, main_file));
  for (const auto& [path, text] : others) memory->addFileNoOwn(path, 0, text);
  auto files = llvm::makeIntrusiveRefCnt<clang::FileManager>(clang::FileSystemOptions(), overlay);

  std::vector<std::string> arguments = job.arguments;
  arguments.insert(arguments.end(), {"-x" + source.language, main_file});
  Invocation invocation(action, adjust);
  clang::tooling::ToolInvocation clang(arguments, &invocation, files.get(),
                                       std::make_shared<clang::PCHContainerOperations>());
  clang.setDiagnosticConsumer(&diagnostics);
  return clang.run();
}

void ClockWatcher::MacroExpands(const clang::Token& name, const clang::MacroDefinition&, clang::SourceRange,
                                const clang::MacroArgs*) {
  const clang::IdentifierInfo* identifier = name.getIdentifierInfo();
  if (identifier != nullptr &&
      (identifier->isStr("__DATE__") || identifier->isStr("__TIME__") || identifier->isStr("__TIMESTAMP__")))
    facts_.spoil("a header asks for the time");
}

}  // namespace farcall
