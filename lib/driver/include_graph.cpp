#include "driver/include_graph.h"

#include <algorithm>

namespace farcall {

void IncludeGraph::add(const clang::FileEntry* includer, clang::FileEntryRef included) {
  includes_[includer].push_back(included);
}

std::vector<clang::FileEntryRef> IncludeGraph::reached_from(clang::FileEntryRef header) const {
  std::vector<clang::FileEntryRef> reached;
  std::set<const clang::FileEntry*> seen;
  auto reach = [&](clang::FileEntryRef file) {
    if (seen.insert(&file.getFileEntry()).second) reached.push_back(file);
  };
  reach(header);
  if (const auto everywhere = includes_.find(nullptr); everywhere != includes_.end())
    std::ranges::for_each(everywhere->second, reach);
  for (std::size_t next = 0; next < reached.size(); ++next)
    if (const auto found = includes_.find(&reached[next].getFileEntry()); found != includes_.end())
      std::ranges::for_each(found->second, reach);
  std::ranges::sort(reached, {}, [](clang::FileEntryRef each) { return each.getName(); });
  return reached;
}

void IncludeWatcher::add(clang::SourceLocation place, clang::OptionalFileEntryRef file) {
  if (!file) return;
  const clang::FileID includer = sources_.getFileID(sources_.getFileLoc(place));
  graph_->add(sources_.getFileEntryForID(includer), *file);
}

void IncludeWatcher::InclusionDirective(clang::SourceLocation hash, const clang::Token&, llvm::StringRef, bool,
                                        clang::CharSourceRange, clang::OptionalFileEntryRef file, llvm::StringRef,
                                        llvm::StringRef, const clang::Module*, bool,
                                        clang::SrcMgr::CharacteristicKind) {
  add(hash, file);
}

void IncludeWatcher::HasInclude(clang::SourceLocation place, llvm::StringRef, bool, clang::OptionalFileEntryRef file,
                                clang::SrcMgr::CharacteristicKind) {
  add(place, file);
}

}  // namespace farcall
