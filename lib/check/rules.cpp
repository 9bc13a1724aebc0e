#include "check/rules.h"

#include <algorithm>
#include <array>
#include <vector>

#include "model/nearest.h"

namespace farcall {
namespace {

std::string with_dashes(std::string name) {
  std::ranges::replace(name, '_', '-');
  return name;
}

}  // namespace

std::span<const RuleInfo> all_rules() {
  using enum Severity;
  static const std::array rules = {
#define FARCALL_RULE(name, severity, text, way_out) RuleInfo{with_dashes(#name), severity, text, way_out},
#include "check/Rules.def"
  };
  return rules;
}

const RuleInfo& rule_info(Rule rule) { return all_rules()[static_cast<std::size_t>(rule)]; }

const RuleInfo* find_rule(std::string_view id) {
  const auto found = std::ranges::find(all_rules(), id, &RuleInfo::id);
  return found == all_rules().end() ? nullptr : &*found;
}

std::string no_such_rule(std::string_view id) {
  std::vector<std::string_view> ids;
  for (const RuleInfo& rule : all_rules()) ids.push_back(rule.id);
  const std::string_view close = nearest(id, ids);
  return "there is no rule '" + std::string(id) + "'; " +
         (close.empty() ? "'farcall explain' lists all" : "did you mean '" + std::string(close) + "'?");
}

}  // namespace farcall
