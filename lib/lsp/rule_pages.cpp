#include "lsp/rule_pages.h"

#include "check/pages.h"
#include "output/output.h"
#include "stamp/stamp.h"

namespace farcall::lsp {

const std::string& RulePages::path(const std::string& id) {
  const auto [entry, is_new] = paths_.try_emplace(id);
  std::string& path = entry->second;
  const RuleInfo* rule = is_new ? find_rule(id) : nullptr;
  const std::filesystem::path cache = cache_folder();
  if (rule == nullptr || cache.empty()) return path;
  const std::string page = cache / "rules" / (id + ".md");
  if (write({.path = page, .contents = rule_page(*rule)}).outcome != WriteOutcome::failed) path = page;
  return path;
}

}  // namespace farcall::lsp
