#include "driver/rewrite.h"

#include <llvm/Support/raw_ostream.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "driver/export_fixes.h"
#include "driver/show_diff.h"
#include "output/file.h"
#include "output/fixes.h"
#include "output/output.h"

namespace farcall {
namespace {

using Texts = std::map<std::string, std::string>;

/// The fix that is wanted for a finding, if it offers that.
const Fix* wanted(const Finding& finding, const RewriteOptions& options) {
  std::size_t number = 1;
  if (!options.fixes.empty()) {
    const auto chosen = options.fixes.find(finding.id);
    if (chosen == options.fixes.end()) return nullptr;
    number = chosen->second;
  }
  return number <= finding.fixes.size() ? &finding.fixes[number - 1] : nullptr;
}

/// Headers that were not named are not touched.
bool is_inside(const Fix& fix, const SourceFiles& sources, const std::set<std::string>& headers) {
  return std::ranges::all_of(fix.edits,
                             [&](const Edit& edit) { return headers.contains(sources.at(edit.where.file).path); });
}

/// One round: the fixes that go together. The others get their turn when these are done.
Texts apply_once(const Analysis& analysis, const RewriteOptions& options, std::map<std::string, std::size_t>& applied) {
  std::set<std::string> headers;
  for (const HeaderResult& each : analysis.headers) headers.insert(each.input.path);
  FixSet fixes;
  for (const HeaderResult& each : analysis.headers) {
    for (const Finding& finding : each.outcome.findings) {
      const Fix* fix = wanted(finding, options);
      if (fix == nullptr || !is_inside(*fix, each.outcome.sources, headers)) continue;
      if (fixes.add(*fix, each.outcome.sources) == FixSet::Answer::taken) ++applied[finding.id];
    }
  }
  return fixes.apply();
}

/// The headers as the user named them, by path.
std::map<std::string, std::string> names_of(const std::vector<std::string>& headers) {
  std::map<std::string, std::string> names;
  for (const std::string& name : headers) names.emplace(std::filesystem::absolute(name).lexically_normal(), name);
  return names;
}

ExitCode show_differences(const Texts& texts, const AnalysisOptions& options, llvm::raw_ostream& out,
                          llvm::raw_ostream& err) {
  const auto names = names_of(options.headers);
  for (const auto& [path, text] : texts) {
    const Difference found = difference({.path = names.at(path), .contents = text});
    show_diff(found.diff, options.color_diff, out);
    if (found.error.empty()) continue;
    complain(err, found.error);
    return ExitCode::usage;
  }
  return ExitCode::ok;
}

ExitCode write_text(const std::string& path, const std::string& text, llvm::raw_ostream& err) {
  const WriteResult written = write({.path = path, .contents = text});
  if (written.outcome != WriteOutcome::failed) return ExitCode::ok;
  complain(err, written.error);
  return ExitCode::usage;
}

ExitCode export_changes(const Texts& texts, const std::string& path, llvm::raw_ostream& err) {
  const Exported made = changes_yaml(texts);
  if (made.problem.empty()) return write_text(path, made.yaml, err);
  complain(err, made.problem + "; leave out --export-fixes, and the headers are rewritten");
  return ExitCode::usage;
}

/// To wherever the user wants them.
ExitCode put(const Texts& texts, const RewriteOptions& options, llvm::raw_ostream& out, llvm::raw_ostream& err) {
  ExitCode done = ExitCode::ok;
  if (options.dry_run) done = show_differences(texts, options.analysis, out, err);
  if (done == ExitCode::ok && !options.export_fixes.empty()) done = export_changes(texts, options.export_fixes, err);
  if (options.writes_headers())
    for (const auto& [path, text] : texts)
      if (done == ExitCode::ok) done = write_text(path, text, err);
  return done;
}

/// Headers that Clang could all parse, or how to end since it could not.
struct Whole {
  std::optional<Analysis> analysis;
  ExitCode otherwise = ExitCode::ok;
};

Whole analyse_whole(const AnalysisOptions& options, llvm::raw_ostream& err) {
  std::optional<Analysis> analysis = analyse(options, err);
  if (!analysis) return {std::nullopt, ExitCode::usage};
  if (analysis->parse_errors.empty()) return {std::move(analysis)};
  if (!options.texts.empty()) complain(err, "with the changes, Clang finds the errors above; nothing was written");
  return {std::nullopt, ExitCode::findings};
}

/// The header itself: all edits of an annotation are in it.
SourceFiles source_of(const HeaderResult& header, const Texts& texts) {
  const auto changed = texts.find(header.input.path);
  const std::string text =
      changed != texts.end() ? changed->second : read_file(header.input.path).contents.value_or("");
  return {{header.outcome.contract.header, {.path = header.input.path, .text = text}}};
}

/// Makes one annotation, in the header that has its target.
ExitCode apply_annotation(const Annotation& annotation, AnalysisOptions& options, llvm::raw_ostream& err) {
  AnalysisOptions assuming = options;
  assuming.run.assumed = {.names = classes_of(annotation)};
  const auto [analysis, otherwise] = analyse_whole(assuming, err);
  if (!analysis) return otherwise;
  std::string problem;
  for (const HeaderResult& each : analysis->headers) {
    const Annotated made = annotate(each.outcome.contract, annotation);
    problem = made.problem;
    if (!problem.empty()) continue;
    FixSet fixes;
    if (!made.edits.empty()) fixes.add({.title = "", .edits = made.edits}, source_of(each, options.texts));
    for (const auto& [path, text] : fixes.apply()) options.texts[path] = text;
    return ExitCode::ok;
  }
  complain(err, problem);
  return ExitCode::findings;
}

/// A class that is read as an interface, whatever is in it, and the header that declares it.
struct Subject {
  std::optional<Analysis> analysis = std::nullopt;
  const HeaderResult* header = nullptr;  ///< none: `err` was told why, and `otherwise` is how to end
  const Interface* read = nullptr;
  ExitCode otherwise = ExitCode::findings;
};

Subject find_class(const std::string& name, AnalysisOptions options, llvm::raw_ostream& err) {
  options.run.assumed = {.names = {name}};
  auto [analysis, otherwise] = analyse_whole(options, err);
  if (!analysis) return {.otherwise = otherwise};
  Subject subject{.analysis = std::move(analysis)};
  for (const HeaderResult& each : subject.analysis->headers) {
    subject.read = find_interface(each.outcome.contract, name);
    if (subject.read == nullptr) continue;
    subject.header = &each;
    return subject;
  }
  complain(err, "none of the headers has a class '" + name + "'");
  return subject;
}

/// The attributes that are left in the class, where nothing is remote any more. Some are in each other's way.
ExitCode take_attributes_away(const NewInterface& order, AnalysisOptions& options, llvm::raw_ostream& err) {
  while (true) {
    const Subject subject = find_class(order.from, options, err);
    if (subject.header == nullptr) return subject.otherwise;
    FixSet fixes;
    for (const SourceRef& each : removals(*subject.read)) {
      if (!each.known()) {
        complain(err, "an attribute in '" + order.from + "' comes out of a macro: change that instead");
        return ExitCode::findings;
      }
      fixes.add({.title = "", .edits = {{each, ""}}}, source_of(*subject.header, options.texts));
    }
    const Texts changed = fixes.apply();
    if (changed.empty()) return ExitCode::ok;
    for (const auto& [path, text] : changed) options.texts[path] = text;
  }
}

/// Makes one interface of a class, in the header that has it.
ExitCode extract_interface(const NewInterface& order, AnalysisOptions& options, llvm::raw_ostream& err) {
  const Subject subject = find_class(order.from, options, err);
  if (subject.header == nullptr) return subject.otherwise;
  const Interface& from = *subject.read;
  const SourceFiles sources = source_of(*subject.header, options.texts);
  const std::string& text = sources.begin()->second.text;
  if (const std::string problem = obstacle_to(order, from, text); !problem.empty()) {
    complain(err, problem);
    return ExitCode::findings;
  }
  FixSet fixes;
  fixes.add({.title = "", .edits = extraction(from, order, text)}, sources);
  for (const auto& [path, changed] : fixes.apply()) options.texts[path] = changed;
  return take_attributes_away(order, options, err);
}

ExitCode annotate_headers(const RewriteOptions& options, AnalysisOptions& quiet, llvm::raw_ostream& err) {
  for (const Annotation& each : options.annotations)
    if (const ExitCode done = apply_annotation(each, quiet, err); done != ExitCode::ok) return done;
  for (const NewInterface& each : options.new_interfaces)
    if (const ExitCode done = extract_interface(each, quiet, err); done != ExitCode::ok) return done;
  if (quiet.texts.empty() || options.fix) return ExitCode::ok;
  AnalysisOptions shown = options.analysis;
  shown.level = Level::errors;
  shown.texts = quiet.texts;
  const auto [analysis, otherwise] = analyse_whole(shown, err);
  if (!analysis) return otherwise;
  if (!analysis->has_errors()) return ExitCode::ok;
  complain(err, "so annotated, the headers have the errors above; nothing was written");
  return ExitCode::findings;
}

void tell(const RewriteOptions& options, const std::map<std::string, std::size_t>& applied, llvm::raw_ostream& err) {
  if (!options.fix) return;
  if (applied.empty()) {
    err << "farcall: nothing to fix\n";
    return;
  }
  err << (options.writes_headers() ? "farcall: fixed" : "farcall: would fix");
  const char* between = " ";
  for (const auto& [id, count] : applied) {
    err << between << id;
    if (count > 1) err << " (" << count << " times)";
    between = ", ";
  }
  err << "\n";
}

ExitCode fix_headers(const RewriteOptions& options, AnalysisOptions& quiet, std::map<std::string, std::size_t>& applied,
                     llvm::raw_ostream& err) {
  constexpr int most_rounds = 20;  // each resolves at least one finding, unless fixes undo each other
  for (int round = 0; round < most_rounds; ++round) {
    const auto [analysis, otherwise] = analyse_whole(quiet, err);
    if (!analysis) return otherwise;
    const Texts changed = apply_once(*analysis, options, applied);
    if (changed.empty()) break;
    for (const auto& [path, text] : changed) quiet.texts[path] = text;
  }
  return ExitCode::ok;
}

/// The steps before this one do not look into the bodies of functions.
ExitCode compile(AnalysisOptions quiet, llvm::raw_ostream& err) {
  if (quiet.texts.empty()) return ExitCode::ok;
  quiet.bodies = true;
  return analyse_whole(quiet, err).otherwise;
}

}  // namespace

Rewritten rewritten(const RewriteOptions& options, llvm::raw_ostream& err) {
  AnalysisOptions quiet = options.analysis;
  quiet.level = Level::parse_errors;
  Rewritten made{.done = annotate_headers(options, quiet, err)};
  if (made.done == ExitCode::ok && options.fix) made.done = fix_headers(options, quiet, made.applied, err);
  if (made.done == ExitCode::ok) made.done = compile(quiet, err);
  if (made.done == ExitCode::ok) made.texts = std::move(quiet.texts);
  return made;
}

ExitCode rewrite(const RewriteOptions& options, llvm::raw_ostream& out, llvm::raw_ostream& err) {
  const Rewritten made = rewritten(options, err);
  if (made.done != ExitCode::ok) return made.done;
  if (const ExitCode done = put(made.texts, options, out, err); done != ExitCode::ok) return done;
  tell(options, made.applied, err);
  if (!options.writes_headers()) return ExitCode::ok;
  const std::optional<Analysis> rest = analyse(options.analysis, err);
  return rest && !rest->has_errors() ? ExitCode::ok : ExitCode::findings;
}

}  // namespace farcall
