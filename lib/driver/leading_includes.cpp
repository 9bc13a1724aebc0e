#include "driver/leading_includes.h"

#include <vector>

#include "frontend/clang_compat.h"

namespace farcall {
namespace {

/// Takes the directives of a text apart, one after the other.
class Directives {
 public:
  explicit Directives(const std::string& text)
      : lexer_(clang::SourceLocation(), language(), text.data(), text.data(), text.data() + text.size()) {
    advance();
  }

  /// The words of the next line if it is a directive: "#", "include", "<", "vector", ">". Else empty.
  std::vector<llvm::StringRef> next() {
    std::vector<llvm::StringRef> words;
    if (token_.isNot(clang::tok::hash) || !token_.isAtStartOfLine()) return words;
    do {
      words.push_back(word());
      advance();
    } while (token_.isNot(clang::tok::eof) && !token_.isAtStartOfLine());
    return words;
  }

 private:
  static clang::LangOptions language() {
    clang::LangOptions options;
    options.CPlusPlus = true;
    return options;
  }

  void advance() { lexer_.LexFromRawLexer(token_); }

  [[nodiscard]] llvm::StringRef word() const {
    const char* const end = lexer_.getBufferLocation();
    return {end - token_.getLength(), token_.getLength()};
  }

  clang::Lexer lexer_;
  clang::Token token_;
};

bool is_directive(const std::vector<llvm::StringRef>& words, llvm::StringRef name) {
  return words.size() >= 2 && words[1] == name;
}

/// What stands between < and >, letter by letter as in the file; empty for any other directive.
llvm::StringRef included_by(const std::vector<llvm::StringRef>& words) {
  if (!is_directive(words, "include") || words.size() < 5 || words[2] != "<" || words.back() != ">") return {};
  return {words[2].end(), static_cast<std::size_t>(words.back().begin() - words[2].end())};
}

}  // namespace

std::string leading_includes(const std::string& text) {
  Directives directives(text);
  std::string includes;
  std::vector<llvm::StringRef> words = directives.next();
  if (is_directive(words, "ifndef") && words.size() == 3) {
    const llvm::StringRef guard = words[2];
    words = directives.next();
    if (!is_directive(words, "define") || words.size() != 3 || words[2] != guard) return {};
    words = directives.next();
  }
  for (; !words.empty(); words = directives.next()) {
    if (is_directive(words, "pragma") && words.size() == 3 && words[2] == "once") continue;
    const llvm::StringRef name = included_by(words);
    if (name.empty() || name.find_first_of("\\\n>") != llvm::StringRef::npos) break;
    includes += "#include <" + name.str() + ">\n";
  }
  return includes;
}

}  // namespace farcall
