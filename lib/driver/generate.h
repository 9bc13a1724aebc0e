// `farcall generate`: from names of headers to files on disk, or to what would be in them.
//
//   return generate({.analysis = {.headers = {"thermostat.h"}}, .out_dir = "gen"}, llvm::outs(), llvm::errs());
#pragma once

#include <string>

#include "driver/analysis.h"
#include "driver/exit_code.h"
#include "driver/report.h"

namespace farcall {

enum class Product : std::uint8_t {
  files,
  contract,  ///< printed: what the headers say
  plan,      ///< printed: what was decided from it
};

enum class WriteMode : std::uint8_t {
  write,
  compare,  ///< nothing is written; a difference is printed and fails
};

struct GenerateOptions {
  AnalysisOptions analysis;
  ReportOptions report;
  std::string out_dir;  ///< empty: beside each header
  Product product = Product::files;
  WriteMode mode = WriteMode::write;
  std::string depfile;  ///< empty: none
  std::vector<std::string> command =
      {};  ///< all arguments, from which the next run finds this one's stamp; empty: none
};

/// Products go to `out`, diagnostics to `err`. If one header has an error, nothing is written for any.
ExitCode generate(const GenerateOptions& options, llvm::raw_ostream& out, llvm::raw_ostream& err);

}  // namespace farcall
