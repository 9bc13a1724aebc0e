#include "check/findings.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace farcall {

Draft& Draft::note(std::string text, SourceRef where) {
  finding_->notes.push_back({std::move(text), std::move(where)});
  return *this;
}

Draft& Draft::fix(std::string title, std::vector<Edit> edits) {
  if (std::ranges::all_of(edits, [](const Edit& edit) { return edit.where.known(); }))
    finding_->fixes.push_back({std::move(title), std::move(edits)});
  return *this;
}

Draft& Draft::remove(const Attribute& attribute) {
  return fix("remove '" + attribute.spelling + "'", {{attribute.removal, ""}});
}

Draft& Draft::replace(const Attribute& attribute, std::string_view name) {
  return fix("replace '" + attribute.spelling + "' by 'rpc::" + std::string(name) + "'",
             {{attribute.name_where, (attribute.scoped ? "" : "rpc::") + std::string(name)}});
}

Draft& Draft::cut_arguments(const Attribute& attribute) {
  SourceRef arguments = after(attribute.name_where);
  arguments.end = attribute.where.end;
  return fix("remove the argument of '" + attribute.spelling + "'", {{arguments, ""}});
}

Draft& Draft::mark_local(const Method& method) {
  return fix("mark '" + method.name + "' as 'rpc::local'", {{before(method.declaration), "[[rpc::local]] "}});
}

Draft Findings::add(Rule rule, const SourceRef& where, std::initializer_list<std::string> arguments) {
  const RuleInfo& info = rule_info(rule);
  Finding& finding = all_.emplace_back();
  finding.id = info.id;
  finding.severity = info.severity;
  finding.text = fill(info.text, arguments);
  finding.where = where;
  finding.notes.push_back({fill(info.way_out, arguments), where});
  return Draft(finding);
}

std::vector<Finding> Findings::take() {
  std::ranges::stable_sort(all_, {}, [](const Finding& finding) {
    const SourceRef& where = finding.where;
    return std::tie(where.file, where.begin, where.end, finding.id, finding.text);
  });
  all_.erase(std::unique(all_.begin(), all_.end()), all_.end());
  return std::exchange(all_, {});
}

std::string fill(std::string_view template_text, const std::vector<std::string>& arguments) {
  std::string text;
  for (std::size_t i = 0; i < template_text.size(); ++i) {
    const bool placeholder = template_text[i] == '{' && i + 2 < template_text.size() && template_text[i + 2] == '}';
    if (!placeholder) {
      text += template_text[i];
      continue;
    }
    text += arguments.at(static_cast<std::size_t>(template_text[i + 1] - '0'));
    i += 2;
  }
  return text;
}

SourceRef before(const SourceRef& where) {
  SourceRef point = where;
  point.end = point.begin;
  return point;
}

SourceRef after(const SourceRef& where) {
  SourceRef point = where;
  point.begin = point.end;
  point.column += where.end - where.begin;
  return point;
}

}  // namespace farcall
