#include "check/pages.h"

#include <algorithm>

#include "check/findings.h"

namespace farcall {
namespace {

/// The two headers of a rule. Empty: somebody forgot them, and a test says so.
struct Examples {
  std::string_view id;
  std::string_view raises;
  std::string_view is_fine;
};

constexpr Examples all_examples[] = {
#include "check/examples.inc"
};

Examples examples_of(const RuleInfo& rule) {
  const auto* found = std::ranges::find(all_examples, rule.id, &Examples::id);
  return found == std::end(all_examples) ? Examples{} : *found;
}

/// What a header's opening comment says, by paragraphs.
struct Comment {
  std::string meaning;
  std::string origin;  ///< what follows "From: "
};

/// Takes the next line off the text.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

/// Marks for the tests are nothing for readers.
std::string_view without_expectation(std::string_view line) { return line.substr(0, line.find("  // expect: ")); }

Comment comment_of(std::string_view header) {
  Comment comment;
  std::string* part = &comment.meaning;
  while (header.starts_with("//")) {
    std::string_view line = without_expectation(take_line(header)).substr(2);
    if (line.starts_with(" ")) line.remove_prefix(1);
    if (constexpr std::string_view mark = "From: "; line.starts_with(mark)) {
      part = &comment.origin;
      line.remove_prefix(mark.size());
    }
    *part += std::string(line) + '\n';
  }
  for (std::string* each : {&comment.meaning, &comment.origin})
    while (each->ends_with('\n')) each->pop_back();
  return comment;
}

std::string code_of(std::string_view header) {
  std::string code;
  while (!header.empty()) {
    const std::string_view line = take_line(header);
    const bool is_opening = code.empty() && (line.empty() || line.starts_with("//") || line == "#pragma once");
    if (!is_opening) code += std::string(without_expectation(line)) + '\n';
  }
  return "```cpp\n" + code + "```\n";
}

/// The text of a rule with "…" where a finding has its own words.
std::string with_dots(std::string_view text) {
  constexpr std::string_view dots = "…";
  constexpr std::size_t most_arguments = 10;
  std::string result = fill(text, std::vector<std::string>(most_arguments, std::string(dots)));
  const std::string twice = std::string(dots) + std::string(dots);
  for (std::size_t at = result.find(twice); at != std::string::npos; at = result.find(twice, at))
    result.erase(at, dots.size());
  return result;
}

std::string_view name_of(Severity severity) { return severity == Severity::error ? "error" : "warning"; }

std::string turning_off(const RuleInfo& rule) {
  if (rule.severity == Severity::error)
    return "It cannot be: nothing is generated from a header with an error in it, since the code would not do what the "
           "header says.\n";
  return "`-Wno-" + rule.id + "` turns the warning off, `-Werror=" + rule.id + "` makes it an error.\n";
}

/// For a cell of a table.
std::string escaped(std::string text) {
  for (std::size_t i = text.find('|'); i != std::string::npos; i = text.find('|', i + 2)) text.insert(i, "\\");
  return text;
}

}  // namespace

std::string rule_page(const RuleInfo& rule) {
  const Examples examples = examples_of(rule);
  const Comment wrong = comment_of(examples.raises);
  const Comment right = comment_of(examples.is_fine);
  std::string page = "# " + rule.id + "\n\n" + std::string(name_of(rule.severity)) + ": " + with_dots(rule.text) +
                     "\n\nThe way out: " + with_dots(rule.way_out) + "\n";
  if (!wrong.meaning.empty()) page += "\n## Why\n\n" + wrong.meaning + "\n";
  if (!wrong.origin.empty()) page += "\nWhere it comes from: " + wrong.origin + "\n";
  page += "\n## Raises it\n\n" + code_of(examples.raises);
  page += "\n## Does not\n\n";
  if (!right.meaning.empty()) page += right.meaning + "\n\n";
  return page + code_of(examples.is_fine) + "\n## Turning it off\n\n" + turning_off(rule);
}

std::string rule_list() {
  std::size_t width = 0;
  for (const RuleInfo& rule : all_rules()) width = std::max(width, rule.id.size());
  std::string list;
  for (const RuleInfo& rule : all_rules())
    list += rule.id + std::string(width + 2 - rule.id.size(), ' ') +
            (rule.severity == Severity::error ? "error    " : "warning  ") + with_dots(rule.text) + '\n';
  return list;
}

std::vector<GeneratedFile> rule_pages(const std::string& folder) {
  std::string index =
      "# The rules\n\nWhat Farcall has to say about a header, by the name in brackets behind each message. `farcall explain ID` "
      "prints a page.\nThese pages are made by `./dev docs`; do not edit them.\n\n| rule | | text |\n|---|---|---|\n";
  std::vector<GeneratedFile> files;
  for (const RuleInfo& rule : all_rules()) {
    index += "| [" + rule.id + "](" + rule.id + ".md) | " + std::string(name_of(rule.severity)) + " | " +
             escaped(with_dots(rule.text)) + " |\n";
    files.push_back({folder + "/" + rule.id + ".md", rule_page(rule)});
  }
  files.push_back({folder + "/README.md", index});
  return files;
}

}  // namespace farcall
