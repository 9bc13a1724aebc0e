#include "check/warnings.h"

#include "check/rules.h"

namespace farcall {
namespace {

bool take_front(std::string_view& text, std::string_view front) {
  if (!text.starts_with(front)) return false;
  text.remove_prefix(front.size());
  return true;
}

}  // namespace

std::string Warnings::add(std::string_view option) {
  std::string_view id = option;
  const bool is_no = take_front(id, "no-");
  if (id == "error") {
    all_are_errors_ = !is_no;
    return {};
  }
  const bool is_about_errors = take_front(id, "error=");
  const RuleInfo* rule = find_rule(id);
  if (rule == nullptr) return "-W" + std::string(option) + ": " + no_such_rule(id);
  if (rule->severity == Severity::error && is_no)
    return "-W" + std::string(option) + ": '" + rule->id +
           "' is an error, and only warnings can be turned off; 'farcall explain " + rule->id + "' shows the way out";
  Choice& choice = choices_[rule->id];
  if (is_about_errors) {
    choice.is_error = !is_no;
    if (!is_no) choice.is_on = true;
  } else {
    choice.is_on = !is_no;
  }
  return {};
}

void Warnings::apply(std::vector<Finding>& findings) const {
  const auto choice_of = [this](const Finding& finding) {
    const auto found = choices_.find(finding.id);
    return found == choices_.end() ? Choice{} : found->second;
  };
  std::erase_if(findings, [&](const Finding& finding) {
    return finding.severity == Severity::warning && !choice_of(finding).is_on;
  });
  for (Finding& finding : findings)
    if (choice_of(finding).is_error.value_or(all_are_errors_)) finding.severity = Severity::error;
}

}  // namespace farcall
