#include "lsp/class_changes.h"

#include <llvm/Support/raw_ostream.h>

#include <algorithm>
#include <exception>
#include <optional>
#include <utility>

#include "driver/rewrite.h"
#include "lsp/analyse.h"
#include "lsp/class_heads.h"
#include "output/fixes.h"

namespace farcall::lsp {
namespace {

/// "lamp.h:3:5: error: unknown type name 'Light'\n…" without what stands around the first message.
std::string first_error(const std::string& told) {
  constexpr std::string_view mark = "error: ";
  const std::size_t begin = told.find(mark);
  if (begin == std::string::npos) return message_of(told);
  const std::size_t text = begin + mark.size();
  return told.substr(text, told.find('\n', text) - text);
}

class Change {
 public:
  Change(std::uint32_t line, std::string path, const std::map<std::string, std::string>& texts,
         const Settings& settings)
      : line_(line),
        path_(std::move(path)),
        file_{.path = path_, .text = texts.at(path_)},
        options_(options_for(path_, texts, settings)) {}

  NewText make_interface() {
    if (!read_class()) return {.text = {}, .problem = problem_};
    FixSet fixes;
    const Annotated made = annotate(bearer(*class_), {.kind = AttributeKind::interface, .attribute = "interface"});
    if (!made.problem.empty()) return {.text = {}, .problem = made.problem};
    fixes.add({.title = "", .edits = made.edits}, {{path_, file_}});
    for (const Finding& each : outcome_.findings) {
      if (each.severity != Severity::error || !each.where.lies_in(class_->declaration)) continue;
      if (const Fix* fix = fix_within(each, path_)) fixes.add(*fix, {{path_, file_}});
    }
    return {.text = fixes.apply()[path_], .problem = {}};
  }

  NewText extract_interface() {
    if (!read_class()) return {.text = {}, .problem = problem_};
    Parsed<NewInterface> order = parse_new_interface(class_->qualified_name);
    std::string told;
    llvm::raw_string_ostream err(told);
    Rewritten made = rewritten({.analysis = options_, .new_interfaces = {*order.value}, .fix = false}, err);
    if (made.done != ExitCode::ok) return {.text = {}, .problem = first_error(told)};
    return {.text = std::move(made.texts[path_]), .problem = {}};
  }

 private:
  bool read_class() {
    AnalysisOptions assuming = options_;
    assuming.run.assumed.line = line_;
    std::string told;
    llvm::raw_string_ostream err(told);
    std::optional<Analysis> analysis = analyse(assuming, err);
    if (!analysis)
      problem_ = message_of(told);
    else if (analysis->headers.empty())
      problem_ = analysis->parse_errors.empty() ? "Clang cannot read the header" : analysis->parse_errors.front().text;
    if (!problem_.empty()) return false;
    outcome_ = std::move(analysis->headers.front().outcome);
    const auto found =
        std::ranges::find(outcome_.contract.interfaces, line_, [](const Interface& each) { return each.where.line; });
    if (found != outcome_.contract.interfaces.end() && found->where.file == path_) class_ = &*found;
    if (class_ == nullptr) problem_ = "no class begins there that can be named from outside";
    return class_ != nullptr;
  }

  const std::uint32_t line_;
  const std::string path_;
  const SourceFile file_;
  const AnalysisOptions options_;
  Outcome outcome_;
  const Interface* class_ = nullptr;
  std::string problem_;
};

}  // namespace

std::vector<ClassOffer> class_changes_at(std::string_view text, std::uint32_t offset) {
  const std::optional<ClassHead> head = class_head_at(text, offset);
  if (!head || !head->has_methods) return {};
  if (!head->has_pure_methods)
    return {{ClassChange::extract_interface, "extract an interface of '" + head->name + "'", head->line}};
  if (head->is_remote) return {};
  return {{ClassChange::make_interface, "make '" + head->name + "' an interface", head->line}};
}

NewText change_class(ClassChange change, std::uint32_t line, const std::string& path,
                     const std::map<std::string, std::string>& texts, const Settings& settings) {
  try {
    Change work(line, path, texts, settings);
    return change == ClassChange::make_interface ? work.make_interface() : work.extract_interface();
  } catch (const std::exception& error) {
    return {.text = {}, .problem = std::string("internal error: ") + error.what()};
  }
}

}  // namespace farcall::lsp
