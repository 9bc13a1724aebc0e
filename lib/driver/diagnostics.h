// Renders diagnostics as clang does, but for what the command line arranges behind the scenes: headers are called as
// the user named them, and the made-up file that includes them is not mentioned.
//
//   HeaderDiagnostics consumer(out, options, {{"/home/me/thermostat.h", "thermostat.h"}});
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <clang/Frontend/TextDiagnostic.h>

#include "driver/outcome.h"
#include "frontend/clang_compat.h"

namespace farcall {

/// Shows errors, Farcall's own warnings, and their notes. Clang's warnings about the user's code are left to the
/// user's compiler.
class HeaderDiagnostics final : public clang::DiagnosticConsumer {
 public:
  /// `names` has the display names of files by the path they were included with.
  HeaderDiagnostics(llvm::raw_ostream& out, clang::DiagnosticOptions& options, std::map<std::string, std::string> names,
                    Level level)
      : out_(out), options_(options), names_(std::move(names)), level_(level) {}

  void BeginSourceFile(const clang::LangOptions& language, const clang::Preprocessor* preprocessor) override;
  void EndSourceFile() override { renderer_.reset(); }
  void HandleDiagnostic(clang::DiagnosticsEngine::Level level, const clang::Diagnostic& diagnostic) override;

  /// Clang's errors since the last time, shown or not.
  std::vector<ParseError> take_errors() { return std::exchange(errors_, {}); }

 private:
  class Renderer;

  [[nodiscard]] bool is_worth_showing(clang::DiagnosticsEngine::Level level, bool is_finding) const;
  void keep_error(const clang::Diagnostic& diagnostic, const std::string& text);

  llvm::raw_ostream& out_;
  clang::DiagnosticOptions& options_;
  const std::map<std::string, std::string> names_;
  const Level level_;
  std::unique_ptr<clang::TextDiagnostic> renderer_;
  std::vector<ParseError> errors_;
  bool showing_ = false;  // whether the last diagnostic that is no note was shown
};

}  // namespace farcall
