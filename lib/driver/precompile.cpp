#include "driver/precompile.h"

#include <clang/Frontend/FrontendActions.h>
#include <clang/Lex/PreprocessorOptions.h>

#include "driver/run_clang.h"

namespace farcall {
namespace {

class Precompile final : public clang::GeneratePCHAction {
 public:
  explicit Precompile(Facts& facts) : facts_(facts) {}

  [[nodiscard]] const IncludeNames& includes() const { return includes_; }

 protected:
  bool BeginSourceFileAction(clang::CompilerInstance& compiler) override {
    if (!GeneratePCHAction::BeginSourceFileAction(compiler)) return false;
    clang::Preprocessor& preprocessor = compiler.getPreprocessor();
    preprocessor.addPPCallbacks(std::make_unique<IncludeWatcher>(compiler.getSourceManager(), graph_));
    preprocessor.addPPCallbacks(std::make_unique<ClockWatcher>(facts_));
    return true;
  }

  void EndSourceFileAction() override {
    const clang::SourceManager& sources = getCompilerInstance().getSourceManager();
    includes_ = graph_->names(*sources.getFileEntryForID(sources.getMainFileID()));
    GeneratePCHAction::EndSourceFileAction();
  }

 private:
  Facts& facts_;
  std::shared_ptr<IncludeGraph> graph_ = std::make_shared<IncludeGraph>();
  IncludeNames includes_;
};

}  // namespace

std::optional<IncludeNames> precompile(const ParseJob& job, const std::string& includes, const std::string& file,
                                       Facts& facts) {
  const MadeUpSource source{.name = preamble_name, .text = includes, .language = "c++-header"};
  clang::IgnoringDiagConsumer diagnostics;
  Precompile action(facts);
  const Adjust adjust = [&](clang::CompilerInvocation& invocation) {
    clang::FrontendOptions& frontend = invocation.getFrontendOpts();
    frontend.OutputFile = file;
    frontend.SkipFunctionBodies = true;
    frontend.IncludeTimestamps = false;  // facts tell whether a file is as it was, by its contents
    return can_begin_precompiled(invocation);
  };
  const bool fine = run_clang(job, source, {}, action, diagnostics, facts, adjust);
  return fine && facts.problem().empty() ? std::optional(action.includes()) : std::nullopt;
}

bool can_begin_precompiled(const clang::CompilerInvocation& invocation) {
  const clang::PreprocessorOptions& preprocessor = invocation.getPreprocessorOpts();
  const bool has_module_maps =
      invocation.getHeaderSearchOpts().ImplicitModuleMaps || !invocation.getFrontendOpts().ModuleMapFiles.empty();
  return preprocessor.Includes.empty() && preprocessor.MacroIncludes.empty() &&
         preprocessor.ImplicitPCHInclude.empty() && !has_module_maps;
}

}  // namespace farcall
