// The only code that touches the user's files. It writes what changed, whole files at a time: a reader sees the old
// file or the new one, also when two processes write it at once, and nothing temporary stays behind.
//
//   WriteResult result = write({.path = "gen/thermostat.rpc.h", .contents = text});
//   if (result.outcome == WriteOutcome::failed) complain(result.error);
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/generated_file.h"

namespace farcall {

enum class WriteOutcome : std::uint8_t {
  unchanged,  ///< the file had these contents already; its time of change stays
  written,
  failed,
};

struct WriteResult {
  WriteOutcome outcome;
  std::string error;  ///< for `failed`: "cannot write 'gen/thermostat.rpc.h': Permission denied"
};

/// Makes the file have these contents; missing folders are made too. A symbolic link stays one: its target is written.
WriteResult write(const GeneratedFile& file);

struct Difference {
  std::string diff;   ///< unified, from disk to generated; empty: no difference
  std::string error;  ///< "cannot read '…': …"; then `diff` is empty
};

/// What writing the file would change, for --check. A missing file counts as an empty one, named /dev/null.
Difference difference(const GeneratedFile& file);

/// A Makefile rule that says the targets are made from the prerequisites, for Make and Ninja. Names are escaped as
/// GCC does; a name with a newline cannot be written in a Makefile and is left out.
std::string depfile(const std::vector<std::string>& targets, const std::vector<std::string>& prerequisites);

}  // namespace farcall
