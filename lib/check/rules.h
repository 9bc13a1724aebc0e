// The registry of rules, made from Rules.def: what can be wrong with a contract, under a stable id.
//
//   rule_info(Rule::maybe_result).id        // "maybe-result"
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "model/finding.h"

namespace farcall {

enum class Rule : std::uint8_t {
#define FARCALL_RULE(name, severity, text, way_out) name,
#include "check/Rules.def"
};

struct RuleInfo {
  std::string id;  ///< "maybe-result": data, printed in brackets, never parsed back
  Severity severity;
  std::string_view text;     ///< the situation; {0}, {1}… stand for a finding's arguments
  std::string_view way_out;  ///< the note under it, same arguments
};

/// Every rule, in the order of Rules.def.
std::span<const RuleInfo> all_rules();
const RuleInfo& rule_info(Rule rule);

/// By id; nullptr when there is none.
const RuleInfo* find_rule(std::string_view id);

/// "there is no rule 'maybe-resutl'; did you mean 'maybe-result'?", for an id that find_rule does not find.
std::string no_such_rule(std::string_view id);

}  // namespace farcall
