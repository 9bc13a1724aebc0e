// What goes into the pipeline and what comes out of it, as values that know nothing of Clang.
//
//   if (outcome.plan) for (const GeneratedFile& file : outcome.files) write(file);
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "check/warnings.h"
#include "model/assumed.h"
#include "model/generated_file.h"
#include "plan/plan.h"

namespace farcall {

/// What is made of a header.
struct Artefacts {
  bool code = true;       ///< thermostat.rpc.h and thermostat.rpc.cpp
  bool contract = false;  ///< thermostat.rpc.json; one that exists is kept up to date in any case
  bool proto = false;     ///< thermostat.proto
  bool mock = false;      ///< thermostat.rpc.mock.h
};

struct RunOptions {
  PlanOptions plan;
  Warnings warnings;
  Artefacts artefacts;
  bool accept_breaking = false;  ///< a promise may be broken; the contract records it
  Assumed assumed;
  const Frozen* frozen = nullptr;  ///< what an earlier version of the header has promised
};

struct Outcome {
  Contract contract;
  std::vector<Finding> findings;
  SourceFiles sources;               ///< the files that the findings are about
  std::optional<Plan> plan;          ///< none if there is an error
  std::vector<GeneratedFile> files;  ///< empty as well if the header has no interfaces
};

/// What Clang found wrong with a header, so that nothing came of it.
struct ParseError {
  std::string text;
  SourceRef where;
};

/// What is worth showing.
enum class Level : std::uint8_t {
  warnings,
  errors,
  parse_errors,  ///< Clang's alone, no findings
  nothing,
};

}  // namespace farcall
