#include "plugin/module_unit.h"

#include <filesystem>
#include <utility>

#include "frontend/ast_visitor.h"
#include "frontend/interfaces.h"

namespace farcall::plugin {

/// Keeps what the source itself includes.
class ModuleUnit::Watcher final : public clang::PPCallbacks {
 public:
  Watcher(const clang::SourceManager& sources, std::shared_ptr<std::vector<Include>> includes)
      : sources_(sources), includes_(std::move(includes)) {}

  // NOLINTNEXTLINE(readability-function-size): Clang's signature
  void InclusionDirective(clang::SourceLocation hash, const clang::Token&, llvm::StringRef name, bool is_angled,
                          clang::CharSourceRange, clang::OptionalFileEntryRef file, llvm::StringRef, llvm::StringRef,
                          const clang::Module*, bool, clang::SrcMgr::CharacteristicKind) override {
    if (file && sources_.isInMainFile(hash)) includes_->push_back({name.str(), file->getName().str(), is_angled});
  }

 private:
  const clang::SourceManager& sources_;
  std::shared_ptr<std::vector<Include>> includes_;
};

namespace {

class HiddenFinder final : public AstVisitor {
 public:
  const clang::CXXRecordDecl* found = nullptr;

 private:
  bool visit(const clang::Decl& declaration) override {
    const auto* record = llvm::dyn_cast<clang::CXXRecordDecl>(&declaration);
    if (record && record->isThisDeclarationADefinition() && is_interface(*record) && !record->isInExportDeclContext())
      found = record;
    return !found;
  }
};

}  // namespace

ModuleUnit::ModuleUnit(clang::CompilerInstance& compiler) : compiler_(compiler) {
  compiler.getPreprocessor().addPPCallbacks(std::make_unique<Watcher>(compiler.getSourceManager(), includes_));
}

bool ModuleUnit::is_interface() const {
  if (compiler_.getFrontendOpts().Inputs.front().getKind().getFormat() != clang::InputKind::Source) return false;
  const clang::Module* unit = compiler_.getASTContext().getCurrentNamedModule();
  const clang::SourceManager& sources = compiler_.getSourceManager();
  return unit && unit->isInterfaceOrPartition() && sources.getBufferData(sources.getMainFileID()).contains("rpc::");
}

std::string ModuleUnit::import_lines(const std::string& folder) const {
  namespace fs = std::filesystem;
  std::string lines;
  for (const Include& each : *includes_) {
    const bool is_moved = !each.is_angled && !folder.empty();
    const std::string name =
        is_moved ? fs::absolute(each.path).lexically_normal().lexically_relative(folder).generic_string()
                 : each.spelling;
    lines += each.is_angled ? "#include <" + name + ">\n" : "#include \"" + name + "\"\n";
  }
  if (!lines.empty()) lines += "\n";
  const clang::ASTContext& context = compiler_.getASTContext();
  for (const clang::ImportDecl* each : context.local_imports()) {
    const clang::Module* imported = each->getImportedModule();
    const bool is_part = imported->isModulePartition();  // comes with the whole
    if (imported->isNamedModule() && !is_part) lines += "import " + imported->getFullModuleName() + ";\n";
  }
  return lines + "import " + context.getCurrentNamedModule()->getPrimaryModuleInterfaceName().str() + ";\n";
}

const clang::CXXRecordDecl* ModuleUnit::hidden_interface() const {
  const clang::SourceManager& sources = compiler_.getSourceManager();
  HiddenFinder finder;
  for (const clang::Decl* each : compiler_.getASTContext().getTranslationUnitDecl()->decls())
    if (sources.isInMainFile(sources.getFileLoc(each->getLocation())) && !finder.walk(*each)) break;
  return finder.found;
}

}  // namespace farcall::plugin
