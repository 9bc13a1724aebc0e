#include "driver/analysis.h"

#include <llvm/Support/raw_ostream.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <mutex>
#include <thread>

#include "driver/diagnostics.h"
#include "driver/frozen_file.h"
#include "driver/parse.h"
#include "driver/pipeline.h"

namespace farcall {
namespace {

namespace fs = std::filesystem;

struct JobResult {
  std::vector<HeaderResult> headers;
  std::vector<ParseError> errors;  ///< for headers that have no result
  std::string diagnostics;
  Facts facts;
  ParseEnd end = ParseEnd::without_meaning;
};

/// The frozen contracts of all headers, by path of the header.
using FrozenFiles = std::map<std::string, FrozenFile>;

/// Nothing but errors for headers that Clang cannot parse together, or not after the preamble.
JobResult parse_together(const ParseJob& job, const FrozenFiles& frozen, const AnalysisOptions& options,
                         const Preamble* preamble) {
  JobResult result;
  llvm::raw_string_ostream text(result.diagnostics);
  clang::DiagnosticOptions look;
  look.ShowColors = options.color;
  look.MessageLength = options.columns;
  std::map<std::string, std::string> names;
  for (const HeaderInput& header : job.headers) names[header.path] = header.name;
  HeaderDiagnostics diagnostics(text, look, std::move(names), options.level);
  text.enable_colors(options.color);
  const auto take = [&](const ParsedHeaders& headers) {
    for (std::size_t index = 0; index < job.headers.size(); ++index) {
      const FrozenFile& contract = frozen.at(job.headers[index].path);
      result.headers.push_back(
          {job.headers[index],
           run(headers.sema(), headers.watcher(), headers.header(index), with_contract(options.run, contract)),
           headers.dependencies(index)});
      if (contract.exists) result.headers.back().dependencies.push_back(contract.path);
    }
  };
  const ParseOptions how{
      .texts = options.texts, .bodies = options.bodies ? Bodies::parsed : Bodies::skipped, .preamble = preamble};
  result.end = parse(job, how, diagnostics, result.facts, take);
  if (result.end == ParseEnd::visited) return result;
  result.errors = diagnostics.take_errors();
  if (result.errors.empty()) result.errors.push_back({"Clang could not run on '" + job.headers.front().name + "'", {}});
  return result;
}

/// Whether one of the findings is about a precompiled file: those have other names than when they are read.
bool is_about(const Preamble& preamble, const JobResult& result) {
  return std::ranges::any_of(result.headers, [&](const HeaderResult& header) {
    return std::ranges::any_of(header.outcome.sources, [&](const auto& source) {
      return std::ranges::any_of(preamble.facts.all(), [&](const auto& fact) {
        return fs::path(fact.first).lexically_normal() == fs::path(source.second.path).lexically_normal();
      });
    });
  });
}

/// Whether a parse from the beginning would come to the same. What it would print about errors may look different.
bool is_all_there_is(const JobResult& result, const Preamble& preamble, const ParseJob& job,
                     const AnalysisOptions& options) {
  if (result.end == ParseEnd::visited) return !is_about(preamble, result);
  return result.end == ParseEnd::errors && options.level == Level::nothing && job.headers.size() == 1 &&
         std::ranges::all_of(result.errors,
                             [&](const ParseError& each) { return each.where.file == job.headers.front().name; });
}

JobResult run_job(const ParseJob& job, const FrozenFiles& frozen, const AnalysisOptions& options) {
  if (const auto preamble = preamble_of(job, options.texts, options.preambles)) {
    JobResult result = parse_together(job, frozen, options, &*preamble);
    if (is_all_there_is(result, *preamble, job, options)) {
      spdlog::info("{}: parsed after what was precompiled", job.headers.front().name);
      return result;
    }  // a parse from the beginning will tell what is wrong
  }
  JobResult result = parse_together(job, frozen, options, nullptr);
  if (result.errors.empty() || job.headers.size() == 1) return result;
  // One header can spoil the others. Each by itself shows which one it is, and whether it really is broken.
  spdlog::info("parsing {} headers together failed, parsing each by itself", job.headers.size());
  JobResult apart;
  apart.facts = std::move(result.facts);
  for (const HeaderInput& header : job.headers) {
    JobResult one = run_job({job.directory, job.arguments, {header}}, frozen, options);
    apart.diagnostics += one.diagnostics;
    apart.facts.merge(one.facts);
    std::ranges::move(one.errors, std::back_inserter(apart.errors));
    std::ranges::move(one.headers, std::back_inserter(apart.headers));
  }
  return apart;
}

/// "[3/10] boiler.h" in the last line of a terminal.
class Progress {
 public:
  Progress(const AnalysisOptions& options, std::size_t total, llvm::raw_ostream& err)
      : shown_(options.progress), total_(total), err_(err) {}
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
                                const AnalysisOptions& options, llvm::raw_ostream& err) {
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

/// Reads the frozen contract of every header, and complains about those that are none.
std::optional<FrozenFiles> find_frozen_files(const std::vector<ParseJob>& jobs, const RunOptions& options, Facts& facts,
                                             llvm::raw_ostream& err) {
  const std::string& given = options.plan.contract_path;
  FrozenFiles files;
  bool fine = true;
  for (const ParseJob& job : jobs) {
    for (const HeaderInput& header : job.headers) {
      for (const std::string& each : frozen_candidates(header.name, options.plan.out_dir, given))
        facts.add_file(fs::absolute(each).lexically_normal());
      FrozenFile found = find_frozen(header.name, options.plan.out_dir, given);
      if (!found.exists && !given.empty() && !options.artefacts.contract) found.problem = no_contract(given);
      if (!found.problem.empty()) complain(err, found.problem);
      fine &= found.problem.empty();
      files.emplace(header.path, std::move(found));
    }
  }
  if (files.size() > 1 && !given.empty()) {
    complain(err, "--contract names the frozen contract of one header, but there are several");
    return std::nullopt;
  }
  return fine ? std::optional(std::move(files)) : std::nullopt;
}

}  // namespace

bool Analysis::has_errors() const {
  return !parse_errors.empty() ||
         std::ranges::any_of(headers, [](const HeaderResult& each) { return !each.outcome.plan; });
}

void complain(llvm::raw_ostream& err, const std::string& text) { err << "farcall: error: " << text << "\n"; }

std::optional<Analysis> analyse(const AnalysisOptions& options, llvm::raw_ostream& err) {
  const Commands commands = find_commands(options.headers, options.flags);
  for (const std::string& problem : commands.problems) complain(err, problem);
  if (!commands.problems.empty()) return std::nullopt;
  Analysis analysis;
  analysis.facts = commands.facts;
  const std::optional<FrozenFiles> frozen = find_frozen_files(commands.jobs, options.run, analysis.facts, err);
  if (!frozen) return std::nullopt;
  for (JobResult& each : run_jobs(commands.jobs, *frozen, options, err)) {
    err << each.diagnostics;
    analysis.told += each.diagnostics;
    analysis.facts.merge(each.facts);
    std::ranges::move(each.errors, std::back_inserter(analysis.parse_errors));
    std::ranges::move(each.headers, std::back_inserter(analysis.headers));
  }
  return analysis;
}

}  // namespace farcall
