// What the commands on headers begin with: finds their flags and frozen contracts, parses them, and runs the pipeline
// over each.
//
//   std::optional<Analysis> analysis = analyse({.headers = {"thermostat.h"}}, llvm::errs());
//   if (analysis && !analysis->has_errors()) …
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "driver/commands.h"
#include "driver/outcome.h"
#include "driver/preamble.h"
#include "stamp/facts.h"

namespace llvm {
class raw_ostream;
}

namespace farcall {

struct AnalysisOptions {
  std::vector<std::string> headers;
  FlagOptions flags;
  RunOptions run;     ///< without `frozen`, which is read for each header
  unsigned jobs = 1;  ///< runs of Clang at once
  Level level = Level::warnings;
  bool color = false;       ///< in diagnostics
  bool color_diff = false;  ///< in differences, which go elsewhere
  unsigned columns = 0;     ///< of the terminal that shows diagnostics; 0: lines are never wrapped
  bool progress = false;
  std::map<std::string, std::string> texts = {};  ///< by absolute path: read instead of what is on disk
  bool bodies = false;                            ///< look for errors in the bodies of functions, too
  Preambles preambles = Preambles::none;          ///< without `bodies`
};

/// What came of one header.
struct HeaderResult {
  HeaderInput input;
  Outcome outcome;
  std::vector<std::string> dependencies;
};

struct Analysis {
  std::vector<HeaderResult> headers;     ///< those that Clang could parse, in the order of the jobs
  std::vector<ParseError> parse_errors;  ///< why it could not parse the others
  std::string told;                      ///< the diagnostics, as `err` got them
  Facts facts;                           ///< what all this depended on

  /// Whether one of the headers must not be generated from.
  [[nodiscard]] bool has_errors() const;
};

/// Diagnostics go to `err`. Nothing for wrong arguments, such as a header that is not there; then `err` was told.
std::optional<Analysis> analyse(const AnalysisOptions& options, llvm::raw_ostream& err);

/// "farcall: error: …"
void complain(llvm::raw_ostream& err, const std::string& text);

}  // namespace farcall
