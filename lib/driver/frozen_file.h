// The frozen contract of a header, from its file.
//
//   Loaded<Frozen> read = read_frozen(R"({"format": 1, …})");
//   if (!read.problem.empty()) complain("'lamp.rpc.json' is no frozen contract: " + read.problem);
#pragma once

#include <optional>
#include <string>

#include "model/frozen.h"

namespace farcall {

/// A value, or why there is none: a sentence without a full stop, with the place in the file.
struct ReadFrozen {
  std::optional<Frozen> frozen;
  std::string problem;
};

/// Takes nothing on trust: unknown keys, numbers that are there twice, references to nothing and a newer format are
/// problems.
ReadFrozen read_frozen(const std::string& json);

struct FrozenFile {
  std::string path;  ///< where it is, or where a new one goes
  bool exists = false;
  std::optional<Frozen> frozen;  ///< there if the file is, unless there is a problem
  std::string problem;           ///< "'lamp.rpc.json' is no frozen contract: …"
};

/// Looks for `thermostat.rpc.json` beside the header, then in `out_dir`; `given` is a path that is used instead, if it
/// is not empty. A new file goes where the other generated files go.
FrozenFile find_frozen(const std::string& header, const std::string& out_dir, const std::string& given);

}  // namespace farcall
