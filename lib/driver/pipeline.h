// All of Farcall's steps for one header, on one screen. The command line and the compiler plugin both come here.
//
//   Outcome outcome = run(compiler.getSema(), watcher, {.file = header, .name = "thermostat.h"}, options);
//   for (const GeneratedFile& file : outcome.files) write(file);
#pragma once

#include <optional>
#include <vector>

#include "emit/emit.h"
#include "frontend/extract.h"
#include "plan/plan.h"

namespace farcall {

struct Outcome {
  Contract contract;
  std::optional<Plan> plan;          ///< none if check found an error
  std::vector<GeneratedFile> files;  ///< empty as well if the header has no interfaces
};

/// Reports what check finds through the compiler's own diagnostics. Touches no file.
Outcome run(clang::Sema& sema, const AttributeWatcher& watcher, Header header, const PlanOptions& options);

}  // namespace farcall
