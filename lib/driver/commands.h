// Finds out how to parse each header: its flags, from a compilation database, from the command line, or by default.
// Headers whose flags agree make one job, since parsing them together costs hardly more than parsing one.
//
//   Commands commands = find_commands({"thermostat.h", "boiler.h"}, {.database = "build"});
//   for (const ParseJob& job : commands.jobs) …
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "stamp/facts.h"

namespace farcall {

struct HeaderInput {
  std::string name;  ///< as the user named it
  std::string path;  ///< absolute
  bool operator==(const HeaderInput&) const = default;
};

/// One run of Clang.
struct ParseJob {
  std::string directory;               ///< in which relative paths of the arguments are meant
  std::vector<std::string> arguments;  ///< for Clang's driver, from the compiler's name on, without an input
  std::vector<HeaderInput> headers;
  bool operator==(const ParseJob&) const = default;
};

struct FlagOptions {
  std::string database;                           ///< folder of compile_commands.json; empty: looked for above a header
  std::optional<std::vector<std::string>> fixed;  ///< what stands after `--`: used instead of any database
  std::vector<std::string> extra_before;
  std::vector<std::string> extra_after;
};

struct Commands {
  std::vector<ParseJob> jobs;         ///< in the order of their first headers; a header named twice is in them once
  std::vector<std::string> problems;  ///< what the user must change; then there are no jobs
  Facts facts;                        ///< what the flags depend on
};

Commands find_commands(const std::vector<std::string>& headers, const FlagOptions& options);

}  // namespace farcall
