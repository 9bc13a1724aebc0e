// `farcall rewrite`: writes attributes into headers, and applies the fixes of findings. Layout and comments stay, since
// only the places that are meant change.
//
//   return rewrite({.analysis = {.headers = {"thermostat.h"}}}, llvm::outs(), llvm::errs());
#pragma once

#include <map>

#include "driver/analysis.h"
#include "driver/annotate.h"
#include "driver/exit_code.h"
#include "driver/new_interface.h"

namespace farcall {

struct RewriteOptions {
  AnalysisOptions analysis;
  std::vector<Annotation> annotations = {};       ///< are done first, in their order
  std::vector<NewInterface> new_interfaces = {};  ///< then these
  bool fix = true;
  /// Which of a rule's fixes to apply, from 1, by its id. Rules that are not there are left alone. Empty: the first
  /// fix of every rule.
  std::map<std::string, std::size_t> fixes;
  bool dry_run = false;           ///< prints what would change, and writes no header
  std::string export_fixes = {};  ///< the file that gets the changes as YAML, instead of the headers; empty: none

  [[nodiscard]] bool writes_headers() const { return !dry_run && export_fixes.empty(); }
};

struct Rewritten {
  ExitCode done = ExitCode::ok;                ///< if it is not ok, there is nothing else
  std::map<std::string, std::string> texts;    ///< by absolute path; with those that were given
  std::map<std::string, std::size_t> applied;  ///< how many fixes, by the id of their rule
};

/// What rewrite() would write, and nothing is written. `err` is told what stands in the way.
Rewritten rewritten(const RewriteOptions& options, llvm::raw_ostream& err);

/// Fixes that overlap are applied one after the other. Nothing is written if a header would not compile any more, with
/// the bodies of its functions, or if an annotation cannot be made or makes an error.
/// Findings that stay are shown; an error among them is ExitCode::findings.
ExitCode rewrite(const RewriteOptions& options, llvm::raw_ostream& out, llvm::raw_ostream& err);

}  // namespace farcall
