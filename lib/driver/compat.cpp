#include "driver/compat.h"

#include <algorithm>
#include <filesystem>

#include <llvm/Support/FileSystem.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/raw_ostream.h>

#include "driver/analysis.h"
#include "driver/diagnostics.h"
#include "driver/frozen_file.h"
#include "driver/git.h"
#include "driver/parse.h"
#include "driver/pipeline.h"
#include "emit/json.h"

namespace farcall {
namespace {

namespace fs = std::filesystem;

/// A folder that goes away with this, and all that is in it.
struct TemporaryFolder {
  llvm::SmallString<128> path;
  ~TemporaryFolder() {
    if (!path.empty()) (void)llvm::sys::fs::remove_directories(path);
  }
};

/// A version of the contract, or nothing after `err` was told why.
using Version = std::optional<Frozen>;

class Comparison {
 public:
  Comparison(const CompatOptions& options, ParseJob job, llvm::raw_ostream& err)
      : options_(options), job_(std::move(job)), err_(err) {}

  Version before() {
    std::error_code error;
    if (!fs::exists(options_.against, error)) return at_revision();
    if (!options_.against.ends_with(".json")) return of_header(job_, options_.against, options_.against, nullptr);
    const FrozenFile file = find_frozen(options_.header, "", options_.against);
    if (!file.problem.empty()) complain(err_, file.problem);
    return file.frozen;
  }

  /// The numbers are those of the frozen contract beside the header; if there is none, of the one it is compared to.
  Version now(const Frozen& before) {
    FrozenFile beside = find_frozen(options_.header, "", options_.contract);
    if (!beside.exists && !options_.contract.empty()) beside.problem = no_contract(options_.contract);
    if (!beside.problem.empty()) {
      complain(err_, beside.problem);
      return std::nullopt;
    }
    const bool is_contract = options_.against.ends_with(".json");
    const Frozen* numbers = beside.frozen ? &*beside.frozen : is_contract ? &before : nullptr;
    return of_header(job_, job_.headers.front().path, options_.header, numbers);
  }

 private:
  Version of_header(ParseJob job, const std::string& path, const std::string& shown_as, const Frozen* numbers) {
    job.headers = {{shown_as, fs::absolute(path).lexically_normal().string()}};
    clang::DiagnosticOptions look;
    look.ShowColors = options_.color;
    HeaderDiagnostics diagnostics(err_, look, {{job.headers.front().path, shown_as}}, Level::errors);
    Version found;
    Facts not_kept;
    (void)parse(job, {}, diagnostics, not_kept, [&](const ParsedHeaders& headers) {
      Outcome outcome = run(headers.sema(), headers.watcher(), headers.header(0),
                            {.artefacts = {.code = false}, .accept_breaking = true, .frozen = numbers});
      if (outcome.plan) found = std::move(outcome.plan->frozen);
    });
    if (!found) complain(err_, "'" + shown_as + "' cannot be compared before its errors are gone");
    return found;
  }

  Version at_revision() {
    const Revision revision(options_.against, options_.header);
    if (!revision.exists()) {
      complain(err_, "'" + options_.against + "' is neither a file nor a revision of git");
      return std::nullopt;
    }
    const std::string name = fs::path(options_.header).stem().string() + ".rpc.json";
    const std::optional<std::string> text = revision.show(name);
    if (!text) return of_header_at(revision);
    ReadFrozen read = read_frozen(*text);
    if (!read.frozen) complain(err_, "'" + options_.against + ":" + name + "' is no frozen contract: " + read.problem);
    return std::move(read.frozen);
  }

  /// Without a frozen contract the header itself says what was promised, in a copy of the whole tree at that time.
  Version of_header_at(const Revision& revision) {
    const std::string root = revision.root();
    const fs::path in_tree =
        fs::weakly_canonical(job_.headers.front().path).lexically_relative(fs::weakly_canonical(root));
    if (root.empty() || !revision.show(fs::path(options_.header).filename().string())) {
      complain(err_, "'" + options_.header + "' is not in '" + options_.against + "'");
      return std::nullopt;
    }
    TemporaryFolder folder;
    if (llvm::sys::fs::createUniqueDirectory("farcall", folder.path) || !revision.unpack(folder.path.str().str())) {
      complain(err_, "cannot unpack '" + options_.against + "'");
      return std::nullopt;
    }
    const std::string copy = folder.path.str().str();
    return of_header(moved(root, copy), copy + "/" + in_tree.generic_string(),
                     options_.header + " in " + options_.against, nullptr);
  }

  /// The job in the copy: folders that were there then are taken from there.
  ParseJob moved(const std::string& root, const std::string& copy) const {
    ParseJob job = job_;
    const auto move = [&](std::string& argument) {
      const std::size_t at = argument.find(root);
      if (at == std::string::npos) return;
      const std::string there = copy + argument.substr(at + root.size());
      std::error_code error;
      if (fs::exists(there, error)) argument.replace(at, std::string::npos, there);
    };
    move(job.directory);
    std::ranges::for_each(job.arguments, move);
    return job;
  }

  const CompatOptions& options_;
  ParseJob job_;
  llvm::raw_ostream& err_;
};

std::string place(const SourceRef& where) {
  if (!where.known()) return "";
  return where.file + ":" + std::to_string(where.line) + ":" + std::to_string(where.column) + ": ";
}

void show_text(const std::vector<Change>& changes, llvm::raw_ostream& out) {
  for (const Change& each : changes) {
    out << place(each.where) << (each.breaking ? "breaking: " : "compatible: ") << each.text << ": " << each.reason
        << "\n";
    if (each.breaking) out << place(each.where) << "note: " << each.way_out << "\n";
  }
}

void show_json(const std::vector<Change>& changes, llvm::raw_ostream& out) {
  std::vector<Json> elements;
  for (const Change& each : changes) {
    std::vector<Json::Member> members = {{"breaking", each.breaking}, {"text", each.text}, {"reason", each.reason}};
    if (each.breaking) members.emplace_back("way_out", each.way_out);
    if (each.where.known()) {
      members.emplace_back("file", each.where.file);
      members.emplace_back("line", each.where.line);
      members.emplace_back("column", each.where.column);
    }
    elements.push_back(Json::line(std::move(members)));
  }
  out << Json::block({{"changes", Json::list(std::move(elements))}}).text() << "\n";
}

}  // namespace

ExitCode compat(const CompatOptions& options, llvm::raw_ostream& out, llvm::raw_ostream& err) {
  const Commands commands = find_commands({options.header}, options.flags);
  for (const std::string& problem : commands.problems) complain(err, problem);
  if (!commands.problems.empty()) return ExitCode::usage;
  Comparison comparison(options, commands.jobs.front(), err);
  const Version before = comparison.before();
  const Version now = before ? comparison.now(*before) : std::nullopt;
  if (!before || !now) return ExitCode::usage;

  std::vector<Change> changes = compare(*before, *now);
  std::erase_if(changes, [&](const Change& each) { return each.level != options.level; });
  options.format == ChangeFormat::json ? show_json(changes, out) : show_text(changes, out);
  return std::ranges::any_of(changes, &Change::breaking) ? ExitCode::findings : ExitCode::ok;
}

}  // namespace farcall
