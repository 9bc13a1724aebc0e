#include "driver/include_graph.h"

#include <algorithm>

namespace farcall {

void IncludeGraph::add(const clang::FileEntry* includer, clang::FileEntryRef included) {
  includes_[includer].push_back(included);
}

std::vector<clang::FileEntryRef> IncludeGraph::reached_from(clang::FileEntryRef header) const {
  std::vector<clang::FileEntryRef> reached;
  std::vector<clang::FileEntryRef> pending{header};
  auto follow = [&](const clang::FileEntry* includer) {
    if (const auto found = includes_.find(includer); found != includes_.end())
      pending.insert(pending.end(), found->second.begin(), found->second.end());
  };
  follow(nullptr);
  std::set<const clang::FileEntry*> seen;
  while (!pending.empty()) {
    const clang::FileEntryRef file = pending.back();
    pending.pop_back();
    if (!seen.insert(&file.getFileEntry()).second) continue;
    reached.push_back(file);
    follow(&file.getFileEntry());
  }
  std::ranges::sort(reached, {}, [](clang::FileEntryRef each) { return each.getName(); });
  return reached;
}

void IncludeWatcher::add(clang::SourceLocation place, clang::OptionalFileEntryRef file) {
  if (!file) return;
  const clang::FileID includer = sources_.getFileID(sources_.getFileLoc(place));
  graph_->add(sources_.getFileEntryForID(includer), *file);
}

// NOLINTNEXTLINE(readability-function-size): Clang's signature
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
