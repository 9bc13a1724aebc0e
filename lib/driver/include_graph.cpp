#include "driver/include_graph.h"

#include <algorithm>

namespace farcall {

void IncludeGraph::add(clang::OptionalFileEntryRef includer, clang::FileEntryRef included) {
  Includes& includes = includes_[includer ? &includer->getFileEntry() : nullptr];
  includes.includer = includer;
  includes.included.push_back(included);
}

bool IncludeGraph::add(const IncludeNames& names, clang::FileManager& files) {
  for (const auto& [name, included] : names.others) {
    const clang::OptionalFileEntryRef includer = files.getOptionalFileRef(name);
    for (const std::string& each : included) {
      const clang::OptionalFileEntryRef file = files.getOptionalFileRef(each);
      if (!includer || !file) return false;
      add(includer, *file);
    }
  }
  return true;
}

std::vector<clang::FileEntryRef> IncludeGraph::reached_from(clang::FileEntryRef header) const {
  std::vector<clang::FileEntryRef> reached;
  std::vector<clang::FileEntryRef> pending{header};
  auto follow = [&](const clang::FileEntry* includer) {
    if (const auto found = includes_.find(includer); found != includes_.end())
      pending.insert(pending.end(), found->second.included.begin(), found->second.included.end());
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

bool IncludeGraph::begins_with(clang::FileEntryRef header, const std::vector<std::string>& names,
                               clang::FileManager& files) const {
  const auto found = includes_.find(&header.getFileEntry());
  if (found == includes_.end() || found->second.included.size() < names.size()) return false;
  return std::equal(names.begin(), names.end(), found->second.included.begin(),
                    [&](const std::string& name, clang::FileEntryRef file) {
                      const clang::OptionalFileEntryRef named = files.getOptionalFileRef(name);
                      return named && &named->getFileEntry() == &file.getFileEntry();
                    });
}

IncludeNames IncludeGraph::names(const clang::FileEntry& main_file) const {
  IncludeNames names;
  for (const auto& [entry, includes] : includes_) {
    std::vector<std::string> included;
    for (const clang::FileEntryRef each : includes.included) included.push_back(each.getName().str());
    if (entry == &main_file)
      names.direct = std::move(included);
    else if (includes.includer)
      names.others.emplace_back(includes.includer->getName().str(), std::move(included));
  }
  std::ranges::sort(names.others);
  return names;
}

void IncludeWatcher::add(clang::SourceLocation place, clang::OptionalFileEntryRef file) {
  if (!file) return;
  const clang::FileID includer = sources_.getFileID(sources_.getFileLoc(place));
  graph_->add(sources_.getFileEntryRefForID(includer), *file);
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
