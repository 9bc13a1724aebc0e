#include "lsp/generated_code.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include "lsp/code_tokens.h"

namespace farcall::lsp {
namespace {

namespace fs = std::filesystem;

using Kind = CodeName::Kind;

std::string joined(const std::string& scope, const std::string& name) {
  return scope.empty() || name.empty() ? scope + name : scope + "::" + name;
}

/// Goes through a text once, and knows which namespace or class it is in.
class Reader {
 public:
  explicit Reader(std::string_view code) : tokens_(code_tokens(code)) {}

  std::vector<CodeName> read() {
    for (at_ = 0; at_ < tokens_.size(); ++at_) {
      const std::string_view token = tokens_[at_].text;
      if (parentheses_ == 0 && token == "{") {
        open_brace();
      } else if (parentheses_ == 0 && token == "}") {
        if (!scopes_.empty()) scopes_.pop_back();
        begin_statement();
      } else if (parentheses_ == 0 && token == ";") {
        begin_statement();
      } else if (token == "(" || token == "{") {
        if (parentheses_++ == 0) open_parenthesis();
      } else if ((token == ")" || token == "}") && parentheses_ > 0) {
        --parentheses_;
      } else if (tokens_[at_].is_word) {
        add_type();
      }
    }
    std::vector<CodeName> names;
    for (auto& [begin, name] : names_) names.push_back(std::move(name));
    return names;
  }

 private:
  enum class In : std::uint8_t { space, type, body };
  struct Scope {
    In in;
    std::string name;  ///< with all that is around it
  };

  [[nodiscard]] In in() const { return scopes_.empty() ? In::space : scopes_.back().in; }
  [[nodiscard]] std::string scope() const { return scopes_.empty() ? "" : scopes_.back().name; }
  [[nodiscard]] std::string_view text(std::size_t index) const {
    return index < tokens_.size() ? tokens_[index].text : std::string_view();
  }
  [[nodiscard]] bool is_word(std::size_t index) const { return index < tokens_.size() && tokens_[index].is_word; }

  void begin_statement() {
    begin_ = at_ + 1;
    has_function_ = false;
  }

  /// The namespace around, without the classes.
  [[nodiscard]] std::string space() const {
    const auto last =
        std::find_if(scopes_.rbegin(), scopes_.rend(), [](const Scope& each) { return each.in == In::space; });
    return last == scopes_.rend() ? "" : last->name;
  }

  /// In the place of what the word was taken for.
  void declare(Kind kind, std::size_t token, const std::string& scope, const std::string& name) {
    names_[tokens_[token].begin] = {kind, tokens_[token].begin, tokens_[token].end(), scope, name};
  }

  /// Names with `::` between them that begin here; `end` is behind the last.
  std::string chain_from(std::size_t begin, std::size_t& end) const {
    std::string chain;
    for (end = begin; is_word(end); ++end) {
      chain = joined(chain, std::string(text(end++)));
      if (text(end) != "::") break;
    }
    return chain;
  }

  void open_brace() {
    std::size_t first = begin_;
    if (text(first) == "inline") ++first;
    std::size_t end = 0;
    if (text(first) == "namespace") {
      scopes_.push_back({In::space, joined(scope(), chain_from(first + 1, end))});
    } else if (const std::string name = class_name(end); in() != In::body && !name.empty()) {
      declare(Kind::class_name, end - 1, "", joined(scope(), name));
      scopes_.push_back({In::type, joined(scope(), name)});
    } else {
      scopes_.push_back({In::body, scope()});
    }
    begin_statement();
  }

  /// Of `class Name final : …`; not of a specialisation.
  std::string class_name(std::size_t& end) const {
    if (text(begin_) != "class" && text(begin_) != "struct") return {};
    std::string name = chain_from(begin_ + 1, end);
    const std::string_view next = text(end);
    return next == "final" || next == ":" || next == "{" ? name : std::string();
  }

  /// The first parenthesis of a declaration is that of its function.
  void open_parenthesis() {
    if (has_function_ || in() == In::body || at_ == begin_ || !is_word(at_ - 1)) return;
    has_function_ = true;
    if (text(at_ - 1) == "MOCK_METHOD") {
      if (const std::size_t name = second_argument(); is_word(name))
        declare(Kind::member, name, scope(), std::string(text(name)));
    } else if (in() == In::type) {
      declare(Kind::member, at_ - 1, scope(), std::string(text(at_ - 1)));
    } else if (at_ >= begin_ + 3 && text(at_ - 2) == "::" && is_word(at_ - 3)) {
      define_member();
    }
  }

  /// `LampClient::turn(` in the namespace of the class.
  void define_member() {
    if (at_ >= begin_ + 4 && text(at_ - 4) == "::") return;  // of none of the classes here
    const std::string owner = joined(scope(), std::string(text(at_ - 3)));
    declare(Kind::class_name, at_ - 3, "", owner);
    declare(Kind::member, at_ - 1, owner, std::string(text(at_ - 1)));
  }

  /// Of the macro whose parenthesis this is.
  [[nodiscard]] std::size_t second_argument() const {
    int depth = 0;
    for (std::size_t at = at_ + 1; at < tokens_.size() && depth >= 0; ++at) {
      const std::string_view token = text(at);
      if (depth == 0 && token == ",") return at + 1;
      if (token == "(" || token == "<") ++depth;
      if (token == ")" || token == ">") --depth;
    }
    return tokens_.size();
  }

  /// A word that ends the name of a type, as far as what stands around it tells: an expression has no such names alone.
  void add_type() {
    if (text(at_ + 1) == "::") return;
    std::size_t first = at_;
    while (is_qualified(first) && is_word(first - 2)) first -= 2;
    if (is_qualified(first)) return;  // by a template
    const bool is_rooted = first > 0 && text(first - 1) == "::";
    if (!is_rooted && first == at_ && !is_in_place_of_type()) return;
    std::size_t end = 0;
    const std::string name = (is_rooted ? "::" : "") + chain_from(first, end);
    const CodeToken& word = tokens_[at_];
    names_.try_emplace(word.begin, CodeName{Kind::type, word.begin, word.end(), is_rooted ? "" : space(), name});
  }

  /// Whether something stands right before the `::` before a word.
  [[nodiscard]] bool is_qualified(std::size_t word) const {
    if (word < 2 || text(word - 1) != "::" || tokens_[word - 2].end() != tokens_[word - 1].begin) return false;
    return is_word(word - 2) || text(word - 2) == ">";
  }

  /// What is declared or used stands before no name.
  [[nodiscard]] bool is_in_place_of_type() const {
    const std::string_view before = at_ == 0 ? std::string_view() : text(at_ - 1);
    const std::string_view behind = text(at_ + 1);
    const bool is_base = behind == "{" && (before == "public" || before == "virtual");
    return is_base || is_word(at_ + 1) || behind == "&" || behind == "*" || behind == ">";
  }

  const std::vector<CodeToken> tokens_;
  std::size_t at_ = 0;
  std::size_t begin_ = 0;      // of the statement
  bool has_function_ = false;  // the statement's
  int parentheses_ = 0;
  std::vector<Scope> scopes_;
  std::map<std::uint32_t, CodeName> names_;  // by where they begin
};

/// The names between the quotes of all `#include "…"`.
std::vector<std::string> quoted_includes(std::string_view text) {
  constexpr std::string_view begin = "\n#include \"";
  std::vector<std::string> names;
  for (std::size_t at = text.find(begin); at != std::string_view::npos; at = text.find(begin, at + 1)) {
    const std::string_view name = text.substr(at + begin.size());
    names.emplace_back(name.substr(0, name.find_first_of("\"\n")));
  }
  return names;
}

}  // namespace

std::string_view made_from(std::string_view text) {
  constexpr std::string_view begin = "// Generated by farcall from ";
  const std::string_view line = text.substr(0, text.find('\n'));
  const std::size_t end = line.find(". Do not edit");
  if (!line.starts_with(begin) || end == std::string_view::npos) return {};
  return line.substr(begin.size(), end - begin.size());
}

std::string header_of(const std::string& generated, const ReadText& read) {
  const fs::path path(generated);
  std::optional<std::string> text = read(generated);
  if (!text) return {};
  const std::string name(made_from(*text));
  if (name.empty()) return {};
  // The source includes the generated header, which includes the user's.
  if (path.extension() == ".cpp") text = read(fs::path(path).replace_extension(".h"));
  if (!text || made_from(*text) != name) return {};
  for (const std::string& each : quoted_includes(*text)) {
    const fs::path header = (path.parent_path() / each).lexically_normal();
    if (header.filename() == name && read(header)) return header;
  }
  return {};
}

std::vector<CodeName> names_in(std::string_view text) { return Reader(text).read(); }

}  // namespace farcall::lsp
