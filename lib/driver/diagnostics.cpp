#include "driver/diagnostics.h"

namespace farcall {

class HeaderDiagnostics::Renderer final : public clang::TextDiagnostic {
 public:
  Renderer(HeaderDiagnostics& owner, const clang::LangOptions& language, const clang::Preprocessor* preprocessor)
      : TextDiagnostic(owner.out_, language, lend(owner.options_), preprocessor), names_(owner.names_) {}

 private:
  clang::PresumedLoc renamed(clang::PresumedLoc place) const {
    if (place.isInvalid()) return place;
    const auto name = names_.find(place.getFilename());
    if (name == names_.end()) return place;
    return {name->second.c_str(), place.getFileID(), place.getLine(), place.getColumn(), place.getIncludeLoc()};
  }

  void emitDiagnosticLoc(clang::FullSourceLoc place, clang::PresumedLoc presumed, clang::DiagnosticsEngine::Level level,
                         llvm::ArrayRef<clang::CharSourceRange> ranges) override {
    TextDiagnostic::emitDiagnosticLoc(place, renamed(presumed), level, ranges);
  }

  /// A note about the same place needs no second picture of it.
  void emitCodeContext(clang::FullSourceLoc place, clang::DiagnosticsEngine::Level level,
                       llvm::SmallVectorImpl<clang::CharSourceRange>& ranges,
                       llvm::ArrayRef<clang::FixItHint> hints) override {
    const bool is_repeated = level == clang::DiagnosticsEngine::Note && place == last_shown_ && hints.empty();
    last_shown_ = place;
    if (!is_repeated) TextDiagnostic::emitCodeContext(place, level, ranges, hints);
  }

  void emitIncludeLocation(clang::FullSourceLoc place, clang::PresumedLoc presumed) override {
    if (place.getManager().isInMainFile(place)) return;
    TextDiagnostic::emitIncludeLocation(place, renamed(presumed));
  }

  const std::map<std::string, std::string>& names_;
  clang::SourceLocation last_shown_;
};

void HeaderDiagnostics::BeginSourceFile(const clang::LangOptions& language, const clang::Preprocessor* preprocessor) {
  renderer_ = std::make_unique<Renderer>(*this, language, preprocessor);
}

bool HeaderDiagnostics::is_worth_showing(clang::DiagnosticsEngine::Level level, bool is_finding) const {
  using Kind = clang::DiagnosticsEngine::Level;
  switch (level_) {
    case Level::warnings: return level >= Kind::Error || (level == Kind::Warning && is_finding);
    case Level::errors: return level >= Kind::Error;
    case Level::parse_errors: return level >= Kind::Error && !is_finding;
    case Level::nothing: return false;
  }
  return false;
}

void HeaderDiagnostics::keep_error(const clang::Diagnostic& diagnostic, const std::string& text) {
  ParseError& error = errors_.emplace_back(ParseError{.text = text, .where = {}});
  if (diagnostic.getLocation().isInvalid()) return;
  const clang::SourceManager& sources = diagnostic.getSourceManager();
  const clang::PresumedLoc place = sources.getPresumedLoc(diagnostic.getLocation());
  if (place.isInvalid()) return;
  const auto name = names_.find(place.getFilename());
  const unsigned offset = sources.getFileOffset(sources.getExpansionLoc(diagnostic.getLocation()));
  error.where = {.file = name == names_.end() ? place.getFilename() : name->second,
                 .begin = offset,
                 .end = offset,
                 .line = place.getLine(),
                 .column = place.getColumn()};
}

void HeaderDiagnostics::HandleDiagnostic(clang::DiagnosticsEngine::Level level, const clang::Diagnostic& diagnostic) {
  using Kind = clang::DiagnosticsEngine::Level;
  DiagnosticConsumer::HandleDiagnostic(level, diagnostic);
  const bool is_finding = diagnostic.getID() >= clang::diag::DIAG_UPPER_LIMIT;
  llvm::SmallString<128> text;
  diagnostic.FormatDiagnostic(text);
  if (level != Kind::Note) showing_ = is_worth_showing(level, is_finding);
  if (level >= Kind::Error && !is_finding) keep_error(diagnostic, text.str().str());
  if (!showing_) return;
  if (!renderer_ || diagnostic.getLocation().isInvalid()) {
    clang::TextDiagnostic::printDiagnosticLevel(out_, level, options_.ShowColors);
    clang::TextDiagnostic::printDiagnosticMessage(out_, level == Kind::Note, text, 0, options_.MessageLength,
                                                  options_.ShowColors);
    return;
  }
  renderer_->emitDiagnostic(clang::FullSourceLoc(diagnostic.getLocation(), diagnostic.getSourceManager()), level, text,
                            diagnostic.getRanges(), diagnostic.getFixItHints());
  out_.flush();
}

}  // namespace farcall
