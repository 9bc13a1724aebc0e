// The stamp of a run of the tool: its command, what it depended on, and what it printed. While all facts hold, the run
// would do nothing but print that again. Stamps are files in the user's cache folder; decision 0044 says why.
//
//   const Command command = command_of(arguments, program);
//   if (const auto stamp = true_stamp(command, why_not)) …                     // nothing has changed
//   write({.path = command.file, .contents = stamp_text(command, facts, …)});  // at the end of a run
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "stamp/facts.h"

namespace farcall {

/// What Farcall keeps for the user between two runs; empty if there is none, as the XDG rules have it for a path that
/// is not absolute.
std::filesystem::path cache_folder();

/// What tells one run from another, other than files.
struct Command {
  std::string text;  ///< arguments, folder, the variables and the terminal that count, the tool's path
  std::string file;  ///< where its stamp is; empty: there is no cache folder
};

/// `program` is the part of the tool that does the work.
Command command_of(const std::vector<std::string>& arguments, const std::string& program);

/// Of work that several runs have in common, wherever they show what they print.
Command command_of_part(const std::vector<std::string>& what, const std::string& program);

struct Stamp {
  Facts facts;          ///< all of them hold
  std::string printed;  ///< by the run, on stderr
};

/// The stamp of an earlier run, if it is still true. `why_not` says what is not.
std::optional<Stamp> true_stamp(const Command& command, std::string& why_not);

std::string stamp_text(const Command& command, const Facts& facts, const std::string& printed);

/// Removes the oldest stamps when there are more than a thousand.
void forget_old_stamps(const Command& command);

}  // namespace farcall
