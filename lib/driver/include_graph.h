// Which file includes which, as far as the preprocessor looked: several headers can be parsed together, yet each one's
// output and dependency file must be about itself alone.
//
//   auto graph = std::make_shared<IncludeGraph>();
//   preprocessor.addPPCallbacks(std::make_unique<IncludeWatcher>(sources, graph));
//   graph->reached_from(header)          // the header and all it includes, in the order of their names
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "driver/include_names.h"
#include "frontend/clang_compat.h"

namespace farcall {

class IncludeGraph {
 public:
  /// `includer` is nothing for what the command line includes: every header sees that.
  void add(clang::OptionalFileEntryRef includer, clang::FileEntryRef included);

  /// What another run saw, except what its main file includes. False if a file is gone.
  bool add(const IncludeNames& names, clang::FileManager& files);

  [[nodiscard]] std::vector<clang::FileEntryRef> reached_from(clang::FileEntryRef header) const;

  /// Whether the first files that a header includes are these, in this order.
  [[nodiscard]] bool begins_with(clang::FileEntryRef header, const std::vector<std::string>& names,
                                 clang::FileManager& files) const;

  [[nodiscard]] IncludeNames names(const clang::FileEntry& main_file) const;

 private:
  struct Includes {
    clang::OptionalFileEntryRef includer;
    std::vector<clang::FileEntryRef> included;
  };
  std::map<const clang::FileEntry*, Includes> includes_;
};

/// Fills a graph. Files included again behind a guard count too, although the preprocessor skips them.
class IncludeWatcher final : public clang::PPCallbacks {
 public:
  IncludeWatcher(const clang::SourceManager& sources, std::shared_ptr<IncludeGraph> graph)
      : sources_(sources), graph_(std::move(graph)) {}

  // NOLINTNEXTLINE(readability-function-size): Clang's signature
  void InclusionDirective(clang::SourceLocation hash, const clang::Token& token, llvm::StringRef name, bool is_angled,
                          clang::CharSourceRange range, clang::OptionalFileEntryRef file, llvm::StringRef search_path,
                          llvm::StringRef relative_path, const clang::Module* suggested, bool imported,
                          clang::SrcMgr::CharacteristicKind kind) override;
  void HasInclude(clang::SourceLocation place, llvm::StringRef name, bool is_angled, clang::OptionalFileEntryRef file,
                  clang::SrcMgr::CharacteristicKind kind) override;

 private:
  void add(clang::SourceLocation place, clang::OptionalFileEntryRef file);

  const clang::SourceManager& sources_;
  std::shared_ptr<IncludeGraph> graph_;
};

}  // namespace farcall
