// All of Farcall's steps for one header, on one screen. The command line and the compiler plugin both come here.
//
//   Outcome outcome = run(compiler.getSema(), watcher, {.file = header, .name = "thermostat.h"}, {.plan = options});
//   for (const GeneratedFile& file : outcome.files) write(file);
#pragma once

#include <optional>
#include <vector>

#include "emit/emit.h"
#include "frontend/extract.h"
#include "plan/plan.h"

namespace farcall {

/// What is made of a header.
struct Artefacts {
  bool code = true;       ///< thermostat.rpc.h and thermostat.rpc.cpp
  bool contract = false;  ///< thermostat.rpc.json
  bool proto = false;     ///< thermostat.proto
};

struct RunOptions {
  PlanOptions plan;
  const Frozen* frozen = nullptr;  ///< what an earlier version of the header has promised
  bool accept_breaking = false;    ///< a promise may be broken; the contract records it
  Artefacts artefacts;
};

struct Outcome {
  Contract contract;
  std::optional<Plan> plan;          ///< none if there is an error
  std::vector<GeneratedFile> files;  ///< empty as well if the header has no interfaces
};

/// Reports what check finds, and which promises are broken, through the compiler's own diagnostics. Touches no file.
Outcome run(clang::Sema& sema, const AttributeWatcher& watcher, Header header, const RunOptions& options);

}  // namespace farcall
