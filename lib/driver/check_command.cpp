#include "driver/check_command.h"

namespace farcall {

ExitCode check_headers(const CheckOptions& options, llvm::raw_ostream& out, llvm::raw_ostream& err) {
  const std::optional<Analysis> analysis = analyse(options.analysis, err);
  if (!analysis || !write_reports(*analysis, options.report, out, err)) return ExitCode::usage;
  return analysis->has_errors() ? ExitCode::findings : ExitCode::ok;
}

}  // namespace farcall
