#include "plugin/generation.h"

#include <llvm/Support/raw_ostream.h>

#include <filesystem>
#include <utility>

#include "driver/frozen_file.h"
#include "driver/pipeline.h"
#include "output/output.h"

namespace farcall::plugin {

namespace fs = std::filesystem;

Generation::Generation(clang::CompilerInstance& compiler, Options options)
    : compiler_(compiler), options_(std::move(options)), watcher_(compiler.getPreprocessor()), unit_(compiler) {
  compiler.getPreprocessor().addPPCallbacks(std::make_unique<IncludeWatcher>(compiler.getSourceManager(), graph_));
}

void Generation::fail(clang::FileEntryRef file, const std::string& text) {
  clang::DiagnosticsEngine& diagnostics = compiler_.getDiagnostics();
  const clang::SourceManager& sources = compiler_.getSourceManager();
  diagnostics.Report(sources.getLocForStartOfFile(sources.translateFile(file)),
                     diagnostics.getCustomDiagID(clang::DiagnosticsEngine::Fatal, "%0"))
      << text;
}

void Generation::make(clang::FileEntryRef header) {
  if (compiler_.getDiagnostics().hasErrorOccurred() || !made_.insert(&header.getFileEntry()).second) return;
  const Outcome outcome = run_on(header);
  if (compiler_.getDiagnostics().hasFatalErrorOccurred()) return;
  if (!outcome.plan) return fail(header, "nothing is generated from '" + header.getName().str() + "'");
  if (options_.print == Print::contract) llvm::outs() << print(outcome.contract);
  if (options_.print == Print::plan) llvm::outs() << print(*outcome.plan);
  for (const GeneratedFile& file : outcome.files) put(header, file);
}

clang::OptionalFileEntryRef Generation::source() const {
  const clang::SourceManager& sources = compiler_.getSourceManager();
  return sources.getFileEntryRefForID(sources.getMainFileID());
}

void Generation::review_source() {
  const clang::SourceManager& sources = compiler_.getSourceManager();
  const clang::OptionalFileEntryRef file = source();
  if (compiler_.getDiagnostics().hasErrorOccurred() || !file) return;
  if (sources.getBufferData(sources.getMainFileID()).contains("rpc::")) run_on(*file);
}

void Generation::make_of_module_unit() {
  if (compiler_.getDiagnostics().hasErrorOccurred() || !unit_.is_interface()) return;
  if (const clang::CXXRecordDecl* hidden = unit_.hidden_interface()) {
    clang::DiagnosticsEngine& diagnostics = compiler_.getDiagnostics();
    diagnostics.Report(hidden->getLocation(),
                       diagnostics.getCustomDiagID(
                           clang::DiagnosticsEngine::Error,
                           "%0 is remote but not exported, so that its stubs cannot import it; export it, or move it "
                           "into a header that is included in the global module fragment"))
        << hidden;
    return;
  }
  options_.run.plan.import = unit_.import_lines(out_dir());
  if (const clang::OptionalFileEntryRef file = source()) make(*file);
}

/// As if the header had asked whether the file is there: then it gets into the dependency file, and a change of it has
/// the compiler run again.
void Generation::depend_on(const std::string& path, clang::FileEntryRef header) {
  const clang::SourceManager& sources = compiler_.getSourceManager();
  const clang::OptionalFileEntryRef file = compiler_.getFileManager().getOptionalFileRef(path);
  clang::PPCallbacks* const watchers = compiler_.getPreprocessor().getPPCallbacks();
  if (file && watchers)
    watchers->HasInclude(sources.getLocForStartOfFile(sources.translateFile(header)), path, /*IsAngled=*/false, file,
                         clang::SrcMgr::C_User);
}

Outcome Generation::run_on(clang::FileEntryRef header) {
  std::string name = header.getName().str();
  if (!out_dir().empty()) name = fs::absolute(name).lexically_normal().string();  // as the folder is: see Plugin
  const FrozenFile frozen = find_frozen(name, out_dir(), "");
  if (!frozen.problem.empty()) {
    fail(header, frozen.problem);
    return {};
  }
  if (frozen.exists) depend_on(frozen.path, header);
  Header asked{.file = compiler_.getSourceManager().translateFile(header), .name = std::move(name)};
  for (const clang::FileEntryRef each : graph_->reached_from(header)) asked.reaches.insert(&each.getFileEntry());
  // Out of a precompiled header it comes without its includes. To the source belongs all that was read, also what it
  // imports or has in a preamble, which has no place among the includes.
  if (asked.reaches.size() == 1 || asked.file == compiler_.getSourceManager().getMainFileID()) asked.reaches.clear();
  return run(compiler_.getSema(), watcher_, std::move(asked), with_contract(options_.run, frozen));
}

bool Generation::is_main_file(const std::string& path) const {
  const clang::OptionalFileEntryRef main = source();
  std::error_code error;
  return main && fs::equivalent(main->getName().str(), path, error);
}

void Generation::put(clang::FileEntryRef header, const GeneratedFile& file) {
  if (options_.check) {
    const Difference found = difference(file);
    if (!found.error.empty()) return fail(header, found.error);
    if (!found.diff.empty())
      fail(header, "'" + file.path + "' is not up to date; run: farcall generate " + header.getName().str() +
                       ", or compile without the argument check");
    return;
  }
  const WriteResult written = write(file);
  if (written.outcome == WriteOutcome::failed) return fail(header, written.error);
  if (written.outcome == WriteOutcome::written && is_main_file(file.path))
    fail(header, "'" + file.path + "' was not up to date and has been written anew: compile it again");
}

}  // namespace farcall::plugin
