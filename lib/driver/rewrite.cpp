#include "driver/rewrite.h"

#include <llvm/Support/raw_ostream.h>

#include <algorithm>
#include <filesystem>
#include <set>

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

ExitCode show_differences(const Texts& texts, const std::vector<std::string>& headers, llvm::raw_ostream& out,
                          llvm::raw_ostream& err) {
  const auto names = names_of(headers);
  for (const auto& [path, text] : texts) {
    const Difference found = difference({.path = names.at(path), .contents = text});
    out << found.diff;
    if (found.error.empty()) continue;
    complain(err, found.error);
    return ExitCode::usage;
  }
  return ExitCode::ok;
}

ExitCode write_texts(const Texts& texts, llvm::raw_ostream& err) {
  for (const auto& [path, text] : texts) {
    const WriteResult written = write({.path = path, .contents = text});
    if (written.outcome != WriteOutcome::failed) continue;
    complain(err, written.error);
    return ExitCode::usage;
  }
  return ExitCode::ok;
}

void tell(const std::map<std::string, std::size_t>& applied, bool dry_run, llvm::raw_ostream& err) {
  if (applied.empty()) {
    err << "farcall: nothing to fix\n";
    return;
  }
  err << (dry_run ? "farcall: would fix" : "farcall: fixed");
  const char* between = " ";
  for (const auto& [id, count] : applied) {
    err << between << id;
    if (count > 1) err << " (" << count << " times)";
    between = ", ";
  }
  err << "\n";
}

}  // namespace

ExitCode rewrite(const RewriteOptions& options, llvm::raw_ostream& out, llvm::raw_ostream& err) {
  constexpr int most_rounds = 20;  // each resolves at least one finding, unless fixes undo each other
  AnalysisOptions quiet = options.analysis;
  quiet.level = Level::parse_errors;
  std::map<std::string, std::size_t> applied;
  for (int round = 0; round < most_rounds; ++round) {
    const std::optional<Analysis> analysis = analyse(quiet, err);
    if (!analysis) return ExitCode::usage;
    if (!analysis->parse_errors.empty()) {
      if (round > 0) complain(err, "with the fixes, Clang finds the errors above; nothing was written");
      return ExitCode::findings;
    }
    const Texts changed = apply_once(*analysis, options, applied);
    if (changed.empty()) break;
    for (const auto& [path, text] : changed) quiet.texts[path] = text;
  }
  const ExitCode done = options.dry_run ? show_differences(quiet.texts, options.analysis.headers, out, err)
                                        : write_texts(quiet.texts, err);
  if (done != ExitCode::ok) return done;
  tell(applied, options.dry_run, err);
  if (options.dry_run) return ExitCode::ok;
  const std::optional<Analysis> rest = analyse(options.analysis, err);
  return rest && !rest->has_errors() ? ExitCode::ok : ExitCode::findings;
}

}  // namespace farcall
