// The contract as JSON, read back: docs/contract-json.md describes it, and lib/emit/contract_json.cpp writes it.
//
//   ReadFrozen read = read_frozen(R"({"format": 1, …})");
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

}  // namespace farcall
