#include "explain.h"

#include <llvm/ADT/StringRef.h>
#include <llvm/Support/raw_ostream.h>

#include "check/pages.h"
#include "driver/analysis.h"
#include "output/output.h"

namespace farcall {
namespace {

ExitCode write_pages(const std::string& folder) {
  for (const GeneratedFile& page : rule_pages(folder)) {
    const WriteResult written = write(page);
    if (written.outcome != WriteOutcome::failed) continue;
    complain(llvm::errs(), written.error);
    return ExitCode::usage;
  }
  return ExitCode::ok;
}

ExitCode print_page(llvm::StringRef id) {
  // As it stands behind a message, with or without the brackets.
  id.consume_front("[");
  id.consume_back("]");
  if (const RuleInfo* rule = find_rule(std::string_view(id))) {
    llvm::outs() << rule_page(*rule);
    return ExitCode::ok;
  }
  complain(llvm::errs(), no_such_rule(std::string_view(id)));
  return ExitCode::usage;
}

}  // namespace

ExitCode explain(int argc, char** argv) {
  if (argc == 2) llvm::outs() << rule_list();
  for (int index = 2; index < argc; ++index) {
    llvm::StringRef argument = argv[index];
    if (index > 2) llvm::outs() << "\n";
    const bool is_folder = argument.consume_front("--out-dir=");
    if (!is_folder && argument.starts_with("-")) {
      complain(llvm::errs(), "explain has no option '" + argument.str() + "'; 'farcall explain --help' lists all");
      return ExitCode::usage;
    }
    const ExitCode done = is_folder ? write_pages(argument.str()) : print_page(argument);
    if (done != ExitCode::ok) return done;
  }
  return ExitCode::ok;
}

}  // namespace farcall
