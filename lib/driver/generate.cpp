#include "driver/generate.h"

#include <llvm/Support/raw_ostream.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <map>
#include <set>

#include "driver/remember.h"
#include "driver/show_diff.h"
#include "output/output.h"

namespace farcall {
namespace {

/// The names of headers for a command line the user can repeat.
std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += " " + name;
  return text;
}

void print_products(const std::vector<HeaderResult>& results, Product product, llvm::raw_ostream& out) {
  for (const HeaderResult& each : results) {
    if (product == Product::contract) out << print(each.outcome.contract);
    if (product == Product::plan && each.outcome.plan) out << print(*each.outcome.plan);
  }
}

ExitCode compare_files(const std::vector<HeaderResult>& results, const GenerateOptions& options, llvm::raw_ostream& out,
                       llvm::raw_ostream& err) {
  std::size_t different = 0;
  for (const HeaderResult& each : results) {
    for (const GeneratedFile& file : each.outcome.files) {
      const Difference found = difference(file);
      if (!found.error.empty()) {
        complain(err, found.error);
        return ExitCode::usage;
      }
      show_diff(found.diff, options.analysis.color_diff, out);
      different += found.diff.empty() ? 0 : 1;
    }
  }
  if (different == 0) return ExitCode::ok;
  complain(err, (different == 1 ? "1 file is" : std::to_string(different) + " files are") +
                    " not up to date; run: farcall generate" +
                    (options.out_dir.empty() ? "" : " --out-dir=" + options.out_dir) +
                    joined(options.analysis.headers));
  return ExitCode::findings;
}

/// The dependency file becomes one of the `facts`.
ExitCode write_files(const std::vector<HeaderResult>& results, const GenerateOptions& options, Facts& facts,
                     llvm::raw_ostream& err) {
  std::vector<std::string> targets;
  std::set<std::string> prerequisites;
  for (const HeaderResult& each : results) {
    prerequisites.insert(each.dependencies.begin(), each.dependencies.end());
    for (const GeneratedFile& file : each.outcome.files) {
      const WriteResult written = write(file);
      if (written.outcome == WriteOutcome::failed) {
        complain(err, written.error);
        return ExitCode::usage;
      }
      spdlog::info("{}: {}", file.path, written.outcome == WriteOutcome::written ? "written" : "unchanged");
      const bool is_input = each.outcome.plan && file.path == each.outcome.plan->contract_path;
      if (!is_input) targets.push_back(file.path);
    }
  }
  if (options.depfile.empty()) return ExitCode::ok;
  const std::string rule = depfile(targets, {prerequisites.begin(), prerequisites.end()});
  const WriteResult written = write({.path = options.depfile, .contents = rule});
  add_output(facts, {.path = options.depfile, .contents = rule});
  if (written.outcome != WriteOutcome::failed) return ExitCode::ok;
  complain(err, written.error);
  return ExitCode::usage;
}

/// What became of the headers that have no errors, where others have.
void summarise(const std::vector<HeaderResult>& results, llvm::raw_ostream& err) {
  const auto good =
      std::ranges::count_if(results, [](const HeaderResult& each) { return each.outcome.plan.has_value(); });
  if (good != 0)
    complain(err, std::to_string(good) + (good == 1 ? " header is" : " headers are") +
                      " done, and nothing came of the others: they have errors");
}

/// Two headers of the same name cannot share a folder for their output. The path both want, if any.
std::string clash(const std::vector<HeaderResult>& results) {
  std::map<std::string, std::string> owners;
  for (const HeaderResult& each : results) {
    for (const GeneratedFile& file : each.outcome.files) {
      const auto [owner, is_new] = owners.emplace(file.path, each.input.name);
      if (!is_new)
        return "'" + owner->second + "' and '" + each.input.name + "' would both become '" + file.path +
               "'; generate them into different folders with --out-dir";
    }
  }
  return {};
}

}  // namespace

ExitCode generate(const GenerateOptions& options, llvm::raw_ostream& out, llvm::raw_ostream& err) {
  const std::int64_t began = now_ns();
  AnalysisOptions asked = options.analysis;
  asked.run.plan.out_dir = options.out_dir;
  asked.preambles = preambles_for(options);
  std::optional<Analysis> analysis = analyse(asked, err);
  if (!analysis) return ExitCode::usage;
  if (!write_reports(*analysis, options.report, out, err)) return ExitCode::usage;
  const std::vector<HeaderResult>& results = analysis->headers;
  if (options.product != Product::files) print_products(results, options.product, out);
  const ExitCode found = analysis->has_errors() ? ExitCode::findings : ExitCode::ok;
  if (options.product != Product::files) return found;
  if (const std::string problem = clash(results); !problem.empty()) {
    complain(err, problem);
    return ExitCode::usage;
  }
  const ExitCode made = options.mode == WriteMode::compare ? compare_files(results, options, out, err)
                                                           : write_files(results, options, analysis->facts, err);
  if (found == ExitCode::ok && made == ExitCode::ok) remember_run(options, *analysis, began);
  if (found == ExitCode::ok || made == ExitCode::usage) return made;
  summarise(results, err);
  return found;
}

}  // namespace farcall
