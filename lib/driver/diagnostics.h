// Renders diagnostics as clang does, but for what the command line arranges behind the scenes: headers are called as
// the user named them, and the made-up file that includes them is not mentioned.
//
//   HeaderDiagnostics consumer(out, options, {{"/home/me/thermostat.h", "thermostat.h"}});
#pragma once

#include <map>
#include <memory>
#include <string>

#include <clang/Frontend/TextDiagnostic.h>

#include "frontend/clang_compat.h"

namespace farcall {

/// What is worth showing.
enum class Level : std::uint8_t { warnings, errors };

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

 private:
  class Renderer;

  llvm::raw_ostream& out_;
  clang::DiagnosticOptions& options_;
  const std::map<std::string, std::string> names_;
  const Level level_;
  std::unique_ptr<clang::TextDiagnostic> renderer_;
  bool showing_ = false;  // whether the last diagnostic that is no note was shown
};

}  // namespace farcall
