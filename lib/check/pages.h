// A page of documentation for each rule, made of what there is anyway: its line in Rules.def, and the two headers of
// test/rules, whose opening comments say what the rule means, where it comes from ("From: …") and what is right.
//
//   std::cout << rule_page(*find_rule("maybe-result"));        // farcall explain maybe-result
//
// docs/rules has the same text, file by file: ./dev docs writes it.
#pragma once

#include <string>
#include <vector>

#include "check/rules.h"
#include "model/generated_file.h"

namespace farcall {

/// Markdown that also reads well on a terminal.
std::string rule_page(const RuleInfo& rule);

/// One rule a line, in the order of Rules.def: id, severity and text.
std::string rule_list();

/// All pages and their index README.md, as files of `folder`.
std::vector<GeneratedFile> rule_pages(const std::string& folder);

}  // namespace farcall
