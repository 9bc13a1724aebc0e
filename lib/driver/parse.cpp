#include "driver/parse.h"

#include <clang/Tooling/Tooling.h>
#include <llvm/Support/VirtualFileSystem.h>

#include <filesystem>

#include "driver/recorder.h"
#include "frontend/attributes.h"

namespace farcall {
namespace {

using Visit = std::function<void(const ParsedHeaders&)>;

/// Headers that ask for the time say something else in each run.
class ClockWatcher final : public clang::PPCallbacks {
 public:
  explicit ClockWatcher(Facts& facts) : facts_(facts) {}

  void MacroExpands(const clang::Token& name, const clang::MacroDefinition&, clang::SourceRange,
                    const clang::MacroArgs*) override {
    const clang::IdentifierInfo* identifier = name.getIdentifierInfo();
    if (identifier != nullptr &&
        (identifier->isStr("__DATE__") || identifier->isStr("__TIME__") || identifier->isStr("__TIMESTAMP__")))
      facts_.spoil("a header asks for the time");
  }

 private:
  Facts& facts_;
};

/// Does the work at the end of a parse, while Sema can still complete types.
class Consumer final : public clang::ASTConsumer {
 public:
  Consumer(const ParseJob& job, clang::CompilerInstance& compiler, Facts& facts, const Visit& visit)
      : job_(job), compiler_(compiler), visit_(visit), watcher_(compiler.getPreprocessor()) {
    compiler.getPreprocessor().addPPCallbacks(std::make_unique<IncludeWatcher>(compiler.getSourceManager(), graph_));
    compiler.getPreprocessor().addPPCallbacks(std::make_unique<ClockWatcher>(facts));
  }

  void HandleTranslationUnit(clang::ASTContext&) override {
    clang::DiagnosticsEngine& diagnostics = compiler_.getDiagnostics();
    if (diagnostics.hasErrorOccurred()) return;
    diagnostics.setErrorLimit(0);  // what Farcall finds is shown whole
    visit_(ParsedHeaders(job_, compiler_, watcher_, *graph_));
  }

 private:
  const ParseJob& job_;
  clang::CompilerInstance& compiler_;
  const Visit& visit_;
  std::shared_ptr<IncludeGraph> graph_ = std::make_shared<IncludeGraph>();
  AttributeWatcher watcher_;
};

class Action final : public clang::ASTFrontendAction {
 public:
  Action(const ParseJob& job, Facts& facts, const Visit& visit) : job_(job), facts_(facts), visit_(visit) {}

 protected:
  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance& compiler, llvm::StringRef) override {
    return std::make_unique<Consumer>(job_, compiler, facts_, visit_);
  }

 private:
  const ParseJob& job_;
  Facts& facts_;
  const Visit& visit_;
};

/// Between Clang's driver, which reads the arguments, and its frontend.
class Invocation final : public clang::tooling::ToolAction {
 public:
  Invocation(const ParseJob& job, Facts& facts, const Visit& visit, Bodies bodies)
      : action_(job, facts, visit), bodies_(bodies) {}

  bool runInvocation(std::shared_ptr<clang::CompilerInvocation> invocation, clang::FileManager* files,
                     std::shared_ptr<clang::PCHContainerOperations> containers,
                     clang::DiagnosticConsumer* diagnostics) override {
    invocation->getFrontendOpts().SkipFunctionBodies = bodies_ == Bodies::skipped;
    const auto compiler = make_compiler(std::move(invocation), std::move(containers), *files, *diagnostics);
    compiler->setVerboseOutputStream(llvm::nulls());  // no "1 error generated."
    return compiler->ExecuteAction(action_);
  }

 private:
  Action action_;
  const Bodies bodies_;
};

std::string main_file_of(const ParseJob& job) {
  std::string text;
  for (const HeaderInput& header : job.headers) text += "#include \"" + header.path + "\"\n";
  return text;
}

}  // namespace

clang::FileEntryRef ParsedHeaders::file(std::size_t index) const {
  return *compiler_.getFileManager().getOptionalFileRef(job_.headers[index].path);
}

Header ParsedHeaders::header(std::size_t index) const {
  Header header{.file = compiler_.getSourceManager().translateFile(file(index)), .name = job_.headers[index].name};
  for (const clang::FileEntryRef each : graph_.reached_from(file(index))) header.reaches.insert(&each.getFileEntry());
  return header;
}

std::vector<std::string> ParsedHeaders::dependencies(std::size_t index) const {
  std::vector<std::string> names{job_.headers[index].name};
  const clang::FileEntryRef header = file(index);
  for (const clang::FileEntryRef each : graph_.reached_from(header)) {
    if (&each.getFileEntry() == &header.getFileEntry()) continue;
    const std::filesystem::path path = each.getName().str();
    names.push_back(path.is_absolute() ? path.string() : (job_.directory / path).lexically_normal().string());
  }
  return names;
}

bool parse(const ParseJob& job, const std::map<std::string, std::string>& texts, clang::DiagnosticConsumer& diagnostics,
           Facts& facts, const Visit& visit, Bodies bodies) {
  register_attributes();
  // Each parse has a working folder of its own, so that several can run at once.
  auto disk = llvm::makeIntrusiveRefCnt<Recorder>(llvm::vfs::createPhysicalFileSystem(), facts);
  auto overlay = llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(disk);
  auto memory = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  overlay->pushOverlay(memory);
  overlay->setCurrentWorkingDirectory(job.directory);
  const std::string main_file = (std::filesystem::path(job.directory) / "farcall-generate.cpp").string();
  memory->addFile(main_file, 0, llvm::MemoryBuffer::getMemBufferCopy(main_file_of(job), main_file));
  for (const auto& [path, text] : texts) memory->addFile(path, 0, llvm::MemoryBuffer::getMemBufferCopy(text, path));
  auto files = llvm::makeIntrusiveRefCnt<clang::FileManager>(clang::FileSystemOptions(), overlay);

  std::vector<std::string> arguments = job.arguments;
  arguments.insert(arguments.end(), {"-xc++", main_file});
  bool visited = false;
  const Visit visit_and_tell = [&](const ParsedHeaders& parsed) {
    visited = true;
    visit(parsed);
  };
  Invocation invocation(job, facts, visit_and_tell, bodies);
  clang::tooling::ToolInvocation clang(arguments, &invocation, files.get(),
                                       std::make_shared<clang::PCHContainerOperations>());
  clang.setDiagnosticConsumer(&diagnostics);
  clang.run();
  return visited;
}

}  // namespace farcall
