// The frozen contract of a header: where it is, and what is in it.
//
//   FrozenFile file = find_frozen("lamp.h", "", "");
//   if (!file.problem.empty()) complain(file.problem);
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "contract/read.h"
#include "driver/outcome.h"

namespace farcall {

struct FrozenFile {
  std::string path;  ///< where it is, or where a new one goes
  bool exists = false;
  std::optional<Frozen> frozen;  ///< there if the file is, unless there is a problem
  std::string problem;           ///< "'lamp.rpc.json' is no frozen contract: …"
};

/// The paths at which find_frozen() looks, in that order.
std::vector<std::string> frozen_candidates(const std::string& header, const std::string& out_dir,
                                           const std::string& given);

/// Looks for `thermostat.rpc.json` beside the header, then in `out_dir`; `given` is a path that is used instead, if it
/// is not empty. A new file goes where the other generated files go.
FrozenFile find_frozen(const std::string& header, const std::string& out_dir, const std::string& given);

/// The options for a header with this frozen contract, which outlives them. A contract that exists is kept up to date.
RunOptions with_contract(RunOptions options, const FrozenFile& frozen);

/// Why a command fails that was told where a contract is, and it is not there.
inline std::string no_contract(const std::string& path) {
  return "there is no frozen contract '" + path + "'; farcall generate --freeze makes one";
}

}  // namespace farcall
