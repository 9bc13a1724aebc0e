// `farcall check`: what generate would say about headers, and nothing written.
//
//   return check_headers({.analysis = {.headers = {"thermostat.h"}}}, llvm::outs(), llvm::errs());
#pragma once

#include "driver/analysis.h"
#include "driver/exit_code.h"
#include "driver/report.h"

namespace farcall {

struct CheckOptions {
  AnalysisOptions analysis;
  ReportOptions report;
};

ExitCode check_headers(const CheckOptions& options, llvm::raw_ostream& out, llvm::raw_ostream& err);

}  // namespace farcall
