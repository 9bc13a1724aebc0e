// One run of Clang with a job's flags over a made-up source file, in a file system that writes down what it was asked.
//
//   MadeUpSource source{.name = "farcall-generate.cpp", .text = "#include \"/home/me/thermostat.h\"\n"};
//   bool fine = run_clang(job, source, action, diagnostics, facts, [](clang::CompilerInvocation&) { return true; });
#pragma once

#include <functional>
#include <map>
#include <string>

#include "driver/commands.h"
#include "frontend/clang_compat.h"
#include "stamp/facts.h"

namespace farcall {

struct MadeUpSource {
  std::string name;  ///< in the job's folder
  std::string text;
  std::string language = "c++";  ///< as after -x
};

/// Has the last word on how Clang runs; false keeps it from running.
using Adjust = std::function<bool(clang::CompilerInvocation& invocation)>;

/// `others` are files by absolute path that are taken instead of what is on disk, without being copied or written down.
/// Any number of threads may do this at once.
bool run_clang(const ParseJob& job, const MadeUpSource& source,
               const std::map<std::string, llvm::MemoryBufferRef>& others, clang::FrontendAction& action,
               clang::DiagnosticConsumer& diagnostics, Facts& facts, const Adjust& adjust);

/// Headers that ask for the time say something else in each run.
class ClockWatcher final : public clang::PPCallbacks {
 public:
  explicit ClockWatcher(Facts& facts) : facts_(facts) {}

  void MacroExpands(const clang::Token& name, const clang::MacroDefinition& macro, clang::SourceRange range,
                    const clang::MacroArgs* arguments) override;

 private:
  Facts& facts_;
};

}  // namespace farcall
