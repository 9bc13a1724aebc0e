// clang++ -fplugin=FarcallPlugin.so -c server.cpp: generated files are written when they are included.
#include <clang/Frontend/FrontendPluginRegistry.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "frontend/attributes.h"
#include "plugin/generation.h"
#include "plugin/options.h"
#include "plugin/stub_files.h"

namespace farcall::plugin {
namespace {

/// The compiler has looked at its include folders already, and remembers by their names those that were not there.
void add_include_folder(clang::CompilerInstance& compiler, const std::string& path) {
  clang::OptionalDirectoryEntryRef folder = compiler.getFileManager().getOptionalDirectoryRef(path);
  if (!folder) folder = compiler.getFileManager().getOptionalDirectoryRef(path + "/.");
  if (!folder) return;
  const clang::DirectoryLookup lookup(*folder, clang::SrcMgr::C_User, /*isFramework=*/false);
  compiler.getPreprocessor().getHeaderSearchInfo().AddSearchPath(lookup, /*isAngled=*/true);
}

/// What it does happens while the compiler looks for files, or at the end of a module unit.
class Consumer final : public clang::ASTConsumer {
 public:
  Consumer(clang::CompilerInstance& compiler, Options options)
      : generation_(compiler, std::move(options)),
        keeps_comments_(compiler.getLangOpts().RetainCommentsFromSystemHeaders),
        language_(compiler.getLangOpts()) {
    // The user's headers are system headers for Clang in a precompiled header of CMake's; their comments are needed.
    if (compiler.getFrontendOpts().ProgramAction == clang::frontend::GeneratePCH)
      language_.RetainCommentsFromSystemHeaders = true;
    clang::FileManager& files = compiler.getFileManager();
    if (!generation_.out_dir().empty()) add_include_folder(compiler, generation_.out_dir());
    files.setVirtualFileSystem(
        llvm::makeIntrusiveRefCnt<StubFiles>(files.getVirtualFileSystemPtr(), compiler, generation_));
  }

  void HandleTranslationUnit(clang::ASTContext&) override {
    // It goes into the precompiled header, which whoever uses it without the plugin must find as it would be.
    language_.RetainCommentsFromSystemHeaders = keeps_comments_;
    generation_.make_of_module_unit();
  }

 private:
  Generation generation_;
  const bool keeps_comments_;
  clang::LangOptions& language_;
};

/// Preloaded, as into a clangd, it says what is wrong with the file that is open, and writes nothing while somebody
/// types.
class Reviewer final : public clang::ASTConsumer {
 public:
  Reviewer(clang::CompilerInstance& compiler, Options options)
      : compiler_(compiler), generation_(compiler, std::move(options)) {}

  void HandleTranslationUnit(clang::ASTContext&) override {
    if (!compiler_.hasCodeCompletionConsumer()) generation_.review_source();
  }

 private:
  clang::CompilerInstance& compiler_;
  Generation generation_;
};

class Action final : public clang::PluginASTAction {
 protected:
  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance& compiler, llvm::StringRef) override {
    if (!compiler.getLangOpts().CPlusPlus) return std::make_unique<clang::ASTConsumer>();
    if (!compiler.getFrontendOpts().Plugins.empty()) return std::make_unique<Consumer>(compiler, std::move(options_));
    options_.run.warnings.add("no-nothing-remote");  // most files that are open have nothing to do with Farcall
    return std::make_unique<Reviewer>(compiler, std::move(options_));
  }

  bool ParseArgs(const clang::CompilerInstance& compiler, const std::vector<std::string>& arguments) override {
    if (const std::string problem = read(arguments, options_); !problem.empty()) return complain(compiler, problem);
    std::string& out_dir = options_.run.plan.out_dir;
    if (out_dir.empty()) return true;
    out_dir = std::filesystem::absolute(out_dir).lexically_normal().string();
    std::error_code error;
    std::filesystem::create_directories(out_dir, error);
    return !error || complain(compiler, "cannot make the folder '" + out_dir + "': " + error.message());
  }

  ActionType getActionType() override { return AddBeforeMainAction; }

 private:
  static bool complain(const clang::CompilerInstance& compiler, const std::string& text) {
    clang::DiagnosticsEngine& diagnostics = compiler.getDiagnostics();
    diagnostics.Report(diagnostics.getCustomDiagID(clang::DiagnosticsEngine::Error, "farcall: %0")) << text;
    return false;
  }

  Options options_;
};

// The attributes have to be there before the first header is parsed. Out of memory so early is the compiler's end.
// NOLINTBEGIN(bugprone-throwing-static-initialization)
const bool attributes_are_known = (register_attributes(), true);
const clang::FrontendPluginRegistry::Add<Action> action("farcall", "writes the stubs of annotated headers");
// NOLINTEND(bugprone-throwing-static-initialization)

}  // namespace
}  // namespace farcall::plugin
