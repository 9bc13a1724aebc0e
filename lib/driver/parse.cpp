#include "driver/parse.h"

#include <clang/Lex/PreprocessorOptions.h>
#include <llvm/Support/MemoryBuffer.h>

#include <filesystem>

#include "driver/precompile.h"
#include "driver/run_clang.h"

namespace farcall {
namespace {

using Visit = std::function<void(const ParsedHeaders&)>;

/// Does the work at the end of a parse, while Sema can still complete types.
class Consumer final : public clang::ASTConsumer {
 public:
  Consumer(const ParseJob& job, const Preamble* preamble, clang::CompilerInstance& compiler, Facts& facts,
           const Visit& visit, ParseEnd& end)
      : job_(job),
        preamble_(preamble),
        compiler_(compiler),
        visit_(visit),
        end_(end),
        watcher_(compiler.getPreprocessor()) {
    compiler.getPreprocessor().addPPCallbacks(std::make_unique<IncludeWatcher>(compiler.getSourceManager(), graph_));
    compiler.getPreprocessor().addPPCallbacks(std::make_unique<ClockWatcher>(facts));
  }

  void HandleTranslationUnit(clang::ASTContext&) override {
    clang::DiagnosticsEngine& diagnostics = compiler_.getDiagnostics();
    if (preamble_ && !add_preamble()) return;
    end_ = diagnostics.hasErrorOccurred() ? ParseEnd::errors : ParseEnd::visited;
    if (end_ == ParseEnd::errors) return;
    diagnostics.setErrorLimit(0);  // what Farcall finds is shown whole
    visit_(ParsedHeaders(job_, compiler_, watcher_, *graph_));
  }

 private:
  /// False unless the parse is what it would have been without it: its files come first in the first header, and none
  /// of them is a header of the job, whose tokens must be seen.
  bool add_preamble() {
    clang::FileManager& files = compiler_.getFileManager();
    const IncludeNames& includes = preamble_->includes;
    const clang::OptionalFileEntryRef first = files.getOptionalFileRef(job_.headers.front().path);
    return first && graph_->begins_with(*first, includes.direct, files) && graph_->add(includes, files) &&
           llvm::none_of(includes.others, [&](const auto& each) { return llvm::any_of(each.second, is_of_job()); }) &&
           llvm::none_of(includes.direct, is_of_job());
  }

  [[nodiscard]] std::function<bool(const std::string&)> is_of_job() const {
    return [&files = compiler_.getFileManager(), this](const std::string& name) {
      const clang::OptionalFileEntryRef file = files.getOptionalFileRef(name);
      return llvm::any_of(job_.headers,
                          [&](const HeaderInput& each) { return file && files.getOptionalFileRef(each.path) == file; });
    };
  }

  const ParseJob& job_;
  const Preamble* const preamble_;
  clang::CompilerInstance& compiler_;
  const Visit& visit_;
  ParseEnd& end_;
  std::shared_ptr<IncludeGraph> graph_ = std::make_shared<IncludeGraph>();
  AttributeWatcher watcher_;
};

class Action final : public clang::ASTFrontendAction {
 public:
  Action(const ParseJob& job, const Preamble* preamble, Facts& facts, const Visit& visit)
      : job_(job), preamble_(preamble), facts_(facts), visit_(visit) {}

  [[nodiscard]] ParseEnd end() const { return end_; }

 protected:
  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance& compiler, llvm::StringRef) override {
    return std::make_unique<Consumer>(job_, preamble_, compiler, facts_, visit_, end_);
  }

 private:
  const ParseJob& job_;
  const Preamble* const preamble_;
  Facts& facts_;
  const Visit& visit_;
  ParseEnd end_ = ParseEnd::without_meaning;
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

ParseEnd parse(const ParseJob& job, const ParseOptions& options, clang::DiagnosticConsumer& diagnostics, Facts& facts,
               const Visit& visit) {
  std::map<std::string, llvm::MemoryBufferRef> others;
  for (const auto& [path, text] : options.texts) others.emplace(path, llvm::MemoryBufferRef(text, path));
  const Preamble* const preamble = options.preamble;
  const std::string preamble_source = (std::filesystem::path(job.directory) / preamble_name).string();
  if (preamble) {
    others.emplace(preamble->path, preamble->contents->getMemBufferRef());
    others.emplace(preamble_source, llvm::MemoryBufferRef(preamble->text, preamble_source));  // some places are in it
    facts.merge(preamble->facts);
  }
  const Adjust adjust = [&](clang::CompilerInvocation& invocation) {
    invocation.getFrontendOpts().SkipFunctionBodies = options.bodies == Bodies::skipped;
    if (!preamble) return true;
    const bool is_possible = can_begin_precompiled(invocation);
    invocation.getPreprocessorOpts().ImplicitPCHInclude = preamble->path;
    // The facts have been checked, by contents; Clang would go by times.
    invocation.getPreprocessorOpts().DisablePCHOrModuleValidation = clang::DisableValidationForModuleKind::PCH;
    return is_possible;
  };
  const MadeUpSource source{.name = "farcall-generate.cpp", .text = main_file_of(job)};
  Action action(job, preamble, facts, visit);
  run_clang(job, source, others, action, diagnostics, facts, adjust);
  return action.end();
}

}  // namespace farcall
