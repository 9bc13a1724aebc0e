#include "check/findings.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "model/meaning.h"

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
  if (method.virtuality == Virtual::pure) return *this;
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

Draft contradict(Rule rule, const Attribute& one, const Attribute& other, std::initializer_list<std::string> arguments,
                 Findings& findings) {
  const bool in_order = one.where.begin <= other.where.begin;
  const Attribute& earlier = in_order ? one : other;
  const Attribute& later = in_order ? other : one;
  return findings.add(rule, later.where, arguments)
      .note("it contradicts this one", earlier.where)
      .remove(later)
      .remove(earlier);
}

void contradict_handle(Rule rule, const Attribute& mode, const Attribute& handle,
                       std::initializer_list<std::string> arguments, Findings& findings) {
  findings.add(rule, handle.where, arguments).note("it contradicts this one", mode.where).remove(mode);
}

const SourceRef& place_of_result(const Method& method) {
  return method.handle && !method.handle->beside_result ? method.handle->parameter.type_where : method.result_where;
}

const Attribute* find_handle(const Method& method) {
  if (method.handle) return find(method.handle->parameter.attributes, AttributeKind::async);
  for (const Parameter& parameter : method.parameters)
    if (const Attribute* async = find(parameter.attributes, AttributeKind::async)) return async;
  return nullptr;
}

bool is_written_short(const Attribute& attribute) {
  return attribute.scoped && attribute.name_where.known() && attribute.name_where.begin == attribute.where.begin;
}

std::string suggest_uuid(std::string_view seed) {
  std::string digits;
  for (const std::uint64_t basis : {0xcbf29ce484222325ULL, 0x84222325cbf29ce4ULL}) {
    std::uint64_t hash = basis;
    for (const char c : seed) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    for (int shift = 60; shift >= 0; shift -= 4) digits += "0123456789abcdef"[hash >> shift & 15];
  }
  digits[12] = '8';  // the version for whatever one likes
  digits[16] = '9';  // the variant of RFC 9562
  for (const std::size_t dash : {8, 13, 18, 23}) digits.insert(dash, 1, '-');
  return digits;
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
