// What was found, for other programs: SARIF for code hosts and editors, YAML for clang-apply-replacements.
//
//   write_reports(analysis, {.format = Format::sarif, .output = "farcall.sarif"}, llvm::outs(), llvm::errs());
#pragma once

#include <string>

#include "driver/analysis.h"

namespace farcall {

enum class Format : std::uint8_t {
  text,   ///< as Clang shows it, on stderr, while it is found
  sarif,  ///< SARIF 2.1.0; errors of Clang are on stderr all the same
};

struct ReportOptions {
  Format format = Format::text;
  std::string output;        ///< the file for SARIF; empty: stdout
  std::string export_fixes;  ///< the file for YAML; empty: none
};

/// Says on `err` what cannot be written, and returns false then.
bool write_reports(const Analysis& analysis, const ReportOptions& options, llvm::raw_ostream& out,
                   llvm::raw_ostream& err);

/// A log with one run: all rules, and a result with places and fixes for each finding. Paths below `folder`, which is
/// absolute, are relative to it.
std::string sarif(const Analysis& analysis, const std::string& folder);

}  // namespace farcall
