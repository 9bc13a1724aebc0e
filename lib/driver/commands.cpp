#include "driver/commands.h"

#include <clang/Driver/Driver.h>
#include <clang/Tooling/ArgumentsAdjusters.h>
#include <clang/Tooling/CompilationDatabase.h>
#include <llvm/Option/Arg.h>
#include <llvm/Option/ArgList.h>
#include <llvm/Option/OptTable.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "driver/resource_dir.h"
#include "frontend/clang_compat.h"

namespace farcall {
namespace {

namespace fs = std::filesystem;
using clang::tooling::CompilationDatabase;
using clang::tooling::CompileCommand;
using Arguments = std::vector<std::string>;

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

/// The databases in use, each loaded once.
class Databases {
 public:
  explicit Databases(const FlagOptions& options) : options_(options) {}

  /// A database that was asked for but cannot be read is a problem.
  std::string problem() {
    if (options_.fixed || options_.database.empty()) return {};
    look_in(fs::absolute(options_.database));
    std::string error;
    named_ = CompilationDatabase::loadFromDirectory(options_.database, error);
    return named_ ? "" : "cannot read a compilation database in '" + options_.database + "': " + first_line(error);
  }

  CompileCommand command_for(const HeaderInput& header) {
    if (options_.fixed) return {fs::current_path().string(), header.path, with_compiler(*options_.fixed), ""};
    if (const CompilationDatabase* database = named_ ? named_.get() : found_for(header.path)) {
      std::vector<CompileCommand> commands = database->getCompileCommands(header.path);
      if (!commands.empty()) {
        spdlog::info("{}: {}", header.name,
                     commands.front().Heuristic.empty() ? "flags from the compilation database"
                                                        : "flags " + commands.front().Heuristic);
        return commands.front();
      }
    }
    const std::string folder = fs::path(header.path).parent_path();
    spdlog::info("{}: no compilation database, parsed with -std=c++20 -I{}", header.name, folder);
    return {fs::current_path().string(), header.path, with_compiler({"-std=c++20", "-I" + folder}), ""};
  }

  [[nodiscard]] const Facts& facts() const { return facts_; }

 private:
  static Arguments with_compiler(Arguments flags) {
    flags.insert(flags.begin(), "clang++");
    return flags;
  }

  /// The database in the closest folder above the header.
  const CompilationDatabase* found_for(const fs::path& header) {
    auto [place, is_new] = found_.try_emplace(header.parent_path());
    std::string error;
    if (!is_new) return place->second.get();
    for (fs::path folder = header.parent_path(); !look_in(folder) && folder != folder.parent_path();)
      folder = folder.parent_path();
    place->second = CompilationDatabase::autoDetectFromSource(header.string(), error);
    return place->second.get();
  }

  /// Notes what a database in this folder says, before it is read, and whether there is one.
  bool look_in(const fs::path& folder) {
    bool found = false;
    for (const char* name : {"compile_commands.json", "compile_flags.txt"}) {
      const std::string path = (folder / name).lexically_normal();
      facts_.add_file(path);
      found |= facts_.all().at(path).answer == Answer::contents;
    }
    if (found) note_response_files(folder);
    return found;
  }

  /// A database may name files with more arguments, which LLVM reads without telling.
  void note_response_files(const fs::path& folder) {
    std::ifstream file(folder / "compile_commands.json");
    for (std::string line; std::getline(file, line);)
      if (line.find(" @") != std::string::npos || line.find("\"@") != std::string::npos)
        facts_.spoil("the compilation database refers to files of arguments");
  }

  const FlagOptions& options_;
  Facts facts_;
  std::unique_ptr<CompilationDatabase> named_;
  std::map<fs::path, std::unique_ptr<CompilationDatabase>> found_;
};

/// Not for us: inputs and languages, since headers become the input, and warnings, which are for the user's compiler
/// and must not become errors here.
bool is_left_out(const llvm::opt::Option& option) {
  using namespace driver_options;
  return option.getKind() == llvm::opt::Option::InputClass || option.matches(OPT_x) || option.matches(OPT__DASH_DASH) ||
         option.matches(OPT_c) || option.matches(OPT_w) || option.matches(OPT_W_Group);
}

/// Also without flags of other compilers, which Clang would refuse.
Arguments only_clang_flags(const Arguments& arguments, const std::string& header) {
  std::vector<const char*> pointers;
  for (const std::string& each : arguments) pointers.push_back(each.c_str());
  unsigned missing_index = 0;
  unsigned missing_count = 0;
  const llvm::opt::InputArgList parsed =
      getDriverOptTable().ParseArgs(llvm::ArrayRef(pointers).drop_front(), missing_index, missing_count,
                                    llvm::opt::Visibility(driver_options::ClangOption));
  Arguments kept{arguments.front()};
  for (const llvm::opt::Arg* each : parsed) {
    const llvm::opt::Option& option = each->getOption();
    if (option.getKind() == llvm::opt::Option::UnknownClass) {
      spdlog::info("{}: Clang does not know {}, left out", header, each->getSpelling().str());
      continue;
    }
    if (is_left_out(option)) continue;
    llvm::opt::ArgStringList words;
    (each->getAlias() ? each->getAlias() : each)->render(parsed, words);
    kept.insert(kept.end(), words.begin(), words.end());
  }
  return kept;
}

/// Clang's own precompiled headers must be of exactly its version; the header they were made from is included too.
void drop_precompiled(Arguments& arguments) {
  const Arguments pattern{"-Xclang", "-include-pch", "-Xclang"};
  for (auto found = std::search(arguments.begin(), arguments.end(), pattern.begin(), pattern.end());
       arguments.end() - found > 3;
       found = std::search(arguments.begin(), arguments.end(), pattern.begin(), pattern.end()))
    arguments.erase(found, found + 4);
}

Arguments arguments_of(const CompileCommand& command, const HeaderInput& header, const FlagOptions& options) {
  using namespace clang::tooling;
  ArgumentsAdjuster adjust = combineAdjusters(getClangStripOutputAdjuster(), getClangStripDependencyFileAdjuster());
  adjust = combineAdjusters(adjust, getStripPluginsAdjuster());
  Arguments arguments = adjust(command.CommandLine, command.Filename);
  drop_precompiled(arguments);
  arguments.insert(arguments.begin() + 1, options.extra_before.begin(), options.extra_before.end());
  const auto inputs = std::ranges::find(arguments, "--");
  arguments.insert(inputs, options.extra_after.begin(), options.extra_after.end());
  arguments = only_clang_flags(arguments, header.name);
  arguments.insert(arguments.end(), {"-fsyntax-only", "-Qunused-arguments"});
  return arguments;
}

/// The header that a generated file says it comes from; empty for any other file.
std::string origin_of(const std::string& name) {
  constexpr std::string_view mark = "// Generated by farcall from ";
  std::ifstream file(name);
  std::string line;
  if (!std::getline(file, line) || !line.starts_with(mark)) return {};
  const std::size_t end = line.find(". Do not edit");
  return end == std::string::npos ? "" : line.substr(mark.size(), end - mark.size());
}

/// What is wrong with a header's name, if anything.
std::string problem_with(const std::string& name) {
  std::error_code error;
  const fs::file_status status = fs::status(name, error);
  if (!fs::exists(status)) return "no such file: '" + name + "'";
  if (fs::is_directory(status)) return "'" + name + "' is a folder; name the headers in it";
  if (const std::string origin = origin_of(name); !origin.empty())
    return "'" + name + "' is generated from " + origin + "; name that header instead";
  return {};
}

Commands group(const std::vector<HeaderInput>& headers, Databases& databases, const FlagOptions& options) {
  Commands commands;
  const ResourceDir builtin = find_resource_dir();
  for (const HeaderInput& header : headers) {
    const CompileCommand command = databases.command_for(header);
    ParseJob job{.directory = command.Directory, .arguments = arguments_of(command, header, options)};
    const bool has_resource_dir =
        std::ranges::any_of(job.arguments, [](const std::string& each) { return each.starts_with("-resource-dir"); });
    if (!has_resource_dir && builtin.path.empty()) {
      std::string problem = "cannot find Clang's builtin headers; pass --extra-arg=-resource-dir=<folder>. Looked in";
      for (const std::string& each : builtin.searched) problem += "\n  " + each;
      return {.problems = {problem}};
    }
    if (!has_resource_dir) job.arguments.push_back("-resource-dir=" + builtin.path);
    // Clang looks for the standard library from where it believes to be installed.
    if (job.arguments.front() == "clang++")
      job.arguments.front() = (fs::path(builtin.path) / "../../../bin/clang++").lexically_normal();
    const auto same = std::ranges::find_if(commands.jobs, [&](const ParseJob& each) {
      return each.directory == job.directory && each.arguments == job.arguments;
    });
    ParseJob& target = same == commands.jobs.end() ? commands.jobs.emplace_back(std::move(job)) : *same;
    target.headers.push_back(header);
  }
  commands.facts = databases.facts();
  return commands;
}

}  // namespace

Commands find_commands(const std::vector<std::string>& names, const FlagOptions& options) {
  std::vector<HeaderInput> headers;
  std::vector<std::string> problems;
  std::set<fs::path> seen;
  for (const std::string& name : names) {
    if (std::string problem = problem_with(name); !problem.empty()) problems.push_back(std::move(problem));
    const fs::path path = fs::absolute(name).lexically_normal();
    if (seen.insert(path).second) headers.push_back({name, path});
  }
  Databases databases(options);
  if (std::string problem = databases.problem(); !problem.empty()) problems.push_back(std::move(problem));
  if (!problems.empty()) return {.problems = std::move(problems)};
  return group(headers, databases, options);
}

}  // namespace farcall
