#include "check/rules.h"

#include <algorithm>
#include <array>

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

}  // namespace farcall
