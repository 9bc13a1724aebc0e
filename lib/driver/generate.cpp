#include "driver/generate.h"

#include <llvm/Support/raw_ostream.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "driver/complain.h"
#include "driver/diagnostics.h"
#include "driver/frozen_file.h"
#include "driver/parse.h"
#include "driver/pipeline.h"
#include "output/output.h"

namespace farcall {
namespace {

/// What came of one header.
struct HeaderResult {
  HeaderInput input;
  Outcome outcome;
  std::vector<std::string> dependencies;
};

/// The frozen contracts of all headers, by path of the header.
using FrozenFiles = std::map<std::string, FrozenFile>;

struct JobResult {
  std::vector<HeaderResult> headers;
  std::string diagnostics;
  bool parsed = true;  ///< false: Clang found an error in one of the headers, which has no result
};

RunOptions options_for(const FrozenFile& frozen, const GenerateOptions& options) {
  return {.plan = {.out_dir = options.out_dir, .contract_path = frozen.path},
          .frozen = frozen.frozen ? &*frozen.frozen : nullptr,
          .accept_breaking = options.accept_breaking,
          .artefacts = {.code = options.code, .contract = options.freeze || frozen.exists, .proto = options.proto}};
}

JobResult run_job(const ParseJob& job, const FrozenFiles& frozen, const GenerateOptions& options) {
  JobResult result;
  llvm::raw_string_ostream text(result.diagnostics);
  clang::DiagnosticOptions look;
  look.ShowColors = options.color;
  look.MessageLength = options.columns;
  std::map<std::string, std::string> names;
  for (const HeaderInput& header : job.headers) names[header.path] = header.name;
  HeaderDiagnostics diagnostics(text, look, std::move(names), options.quiet ? Level::errors : Level::warnings);
  text.enable_colors(options.color);
  result.parsed = parse(job, diagnostics, [&](const ParsedHeaders& headers) {
    for (std::size_t index = 0; index < job.headers.size(); ++index) {
      const FrozenFile& contract = frozen.at(job.headers[index].path);
      result.headers.push_back(
          {job.headers[index],
           run(headers.sema(), headers.watcher(), headers.header(index), options_for(contract, options)),
           headers.dependencies(index)});
      if (contract.exists) result.headers.back().dependencies.push_back(contract.path);
    }
  });
  if (result.parsed || job.headers.size() == 1) return result;
  // One header can spoil the others. Each by itself shows which one it is, and whether it really is broken.
  spdlog::info("parsing {} headers together failed, parsing each by itself", job.headers.size());
  JobResult apart;
  for (const HeaderInput& header : job.headers) {
    JobResult one = run_job({job.directory, job.arguments, {header}}, frozen, options);
    apart.diagnostics += one.diagnostics;
    apart.parsed &= one.parsed;
    std::ranges::move(one.headers, std::back_inserter(apart.headers));
  }
  return apart;
}

/// "[3/10] boiler.h" in the last line of a terminal.
class Progress {
 public:
  Progress(const GenerateOptions& options, std::size_t total, llvm::raw_ostream& err)
      : shown_(options.progress && !options.quiet), total_(total), err_(err) {}
  ~Progress() {
    if (shown_) err_ << "\r\x1b[K";
  }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void done(const ParseJob& job) {
    if (!shown_) return;
    const std::scoped_lock lock(mutex_);
    done_ += job.headers.size();
    err_ << "\r[" << done_ << "/" << total_ << "] " << job.headers.back().name << "\x1b[K";
    err_.flush();
  }

 private:
  const bool shown_;
  const std::size_t total_;
  std::size_t done_ = 0;
  std::mutex mutex_;
  llvm::raw_ostream& err_;
};

/// The results in the order of the jobs, however many run at once.
std::vector<JobResult> run_jobs(const std::vector<ParseJob>& jobs, const FrozenFiles& frozen,
                                const GenerateOptions& options, llvm::raw_ostream& err) {
  std::size_t total = 0;
  for (const ParseJob& job : jobs) total += job.headers.size();
  Progress progress(options, total, err);
  std::vector<JobResult> results(jobs.size());
  std::atomic<std::size_t> next = 0;
  auto work = [&] {
    for (std::size_t index = next++; index < jobs.size(); index = next++) {
      results[index] = run_job(jobs[index], frozen, options);
      progress.done(jobs[index]);
    }
  };
  std::vector<std::jthread> helpers;
  while (helpers.size() + 1 < std::min<std::size_t>(options.jobs, jobs.size())) helpers.emplace_back(work);
  work();
  return results;
}

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
      out << found.diff;
      different += found.diff.empty() ? 0 : 1;
    }
  }
  if (different == 0) return ExitCode::ok;
  complain(err, (different == 1 ? "1 file is" : std::to_string(different) + " files are") +
                    " not up to date; run: farcall generate" +
                    (options.out_dir.empty() ? "" : " --out-dir=" + options.out_dir) + joined(options.headers));
  return ExitCode::findings;
}

ExitCode write_files(const std::vector<HeaderResult>& results, const GenerateOptions& options, llvm::raw_ostream& err) {
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
  if (written.outcome != WriteOutcome::failed) return ExitCode::ok;
  complain(err, written.error);
  return ExitCode::usage;
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

/// Reads the frozen contract of every header, and complains about those that are none.
std::optional<FrozenFiles> find_frozen_files(const std::vector<ParseJob>& jobs, const GenerateOptions& options,
                                             llvm::raw_ostream& err) {
  FrozenFiles files;
  bool fine = true;
  for (const ParseJob& job : jobs) {
    for (const HeaderInput& header : job.headers) {
      FrozenFile found = find_frozen(header.name, options.out_dir, options.contract);
      if (!found.problem.empty()) complain(err, found.problem);
      fine &= found.problem.empty();
      files.emplace(header.path, std::move(found));
    }
  }
  if (files.size() > 1 && !options.contract.empty()) {
    complain(err, "--contract names the frozen contract of one header, but there are several");
    return std::nullopt;
  }
  return fine ? std::optional(std::move(files)) : std::nullopt;
}

void warn_of_nothing_to_do(const HeaderResult& result, const GenerateOptions& options, llvm::raw_ostream& err) {
  const Contract& contract = result.outcome.contract;
  if (options.quiet || !contract.interfaces.empty() || !contract.strays.empty()) return;
  err << "farcall: warning: no rpc:: attribute in '" << result.input.name
      << "', so nothing is generated; make a class remote like this: class [[rpc::interface]] Thermostat { … };\n";
}

}  // namespace

ExitCode generate(const GenerateOptions& options, llvm::raw_ostream& out, llvm::raw_ostream& err) {
  const Commands commands = find_commands(options.headers, options.flags);
  for (const std::string& problem : commands.problems) complain(err, problem);
  if (!commands.problems.empty()) return ExitCode::usage;

  const std::optional<FrozenFiles> frozen = find_frozen_files(commands.jobs, options, err);
  if (!frozen) return ExitCode::usage;

  std::vector<HeaderResult> results;
  bool has_errors = false;
  for (JobResult& each : run_jobs(commands.jobs, *frozen, options, err)) {
    err << each.diagnostics;
    has_errors |= !each.parsed;
    std::ranges::move(each.headers, std::back_inserter(results));
  }
  for (const HeaderResult& each : results) {
    warn_of_nothing_to_do(each, options, err);
    has_errors |= !each.outcome.plan;
  }
  if (options.product != Product::files) print_products(results, options.product, out);
  if (has_errors) return ExitCode::findings;
  if (options.product != Product::files) return ExitCode::ok;
  if (const std::string problem = clash(results); !problem.empty()) {
    complain(err, problem);
    return ExitCode::usage;
  }
  return options.mode == WriteMode::compare ? compare_files(results, options, out, err)
                                            : write_files(results, options, err);
}

}  // namespace farcall
