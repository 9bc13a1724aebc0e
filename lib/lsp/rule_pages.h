// The pages of the rules as files that an editor can open: those of `farcall explain`, in the user's cache folder,
// since the documentation need not be installed.
//
//   RulePages pages;
//   const std::string path = pages.path("maybe-result");     // ~/.cache/farcall/rules/maybe-result.md
#pragma once

#include <map>
#include <string>

namespace farcall::lsp {

/// For one thread.
class RulePages {
 public:
  /// Writes the page before it is first named. Empty: there is no such rule, or no cache folder.
  const std::string& path(const std::string& id);

 private:
  std::map<std::string, std::string> paths_;
};

}  // namespace farcall::lsp
