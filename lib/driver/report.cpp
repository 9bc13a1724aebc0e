#include "driver/report.h"

#include <llvm/Support/raw_ostream.h>

#include <filesystem>

#include "driver/export_fixes.h"
#include "output/output.h"

namespace farcall {
namespace {

bool write_file(const std::string& path, const std::string& text, llvm::raw_ostream& err) {
  const WriteResult written = write({.path = path, .contents = text});
  if (written.outcome == WriteOutcome::failed) complain(err, written.error);
  return written.outcome != WriteOutcome::failed;
}

}  // namespace

bool write_reports(const Analysis& analysis, const ReportOptions& options, llvm::raw_ostream& out,
                   llvm::raw_ostream& err) {
  if (!options.export_fixes.empty() && !write_file(options.export_fixes, fixes_yaml(analysis), err)) return false;
  if (options.format == Format::text) return true;
  const std::string log = sarif(analysis, std::filesystem::current_path().string());
  if (!options.output.empty()) return write_file(options.output, log, err);
  out << log;
  return true;
}

}  // namespace farcall
