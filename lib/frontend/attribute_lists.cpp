#include "frontend/attribute_lists.h"

#include <optional>

#include "frontend/clang_compat.h"

namespace farcall {
namespace {

struct RawToken {
  clang::tok::TokenKind kind;
  TextRange range;
};

/// The raw tokens of a text, one after the other. No preprocessing: what #if leaves out is seen too.
class RawTokens {
 public:
  explicit RawTokens(std::string_view text) : text_(text), lexer_({}, options(), text_.data(), text_.data(), end()) {}

  RawToken next() {
    clang::Token token;
    lexer_.LexFromRawLexer(token);
    const auto stop = static_cast<std::uint32_t>(lexer_.getBufferLocation() - text_.data());
    return {token.getKind(), {stop - token.getLength(), stop}};
  }

  [[nodiscard]] std::string_view text(TextRange range) const {
    return std::string_view(text_).substr(range.begin, range.end - range.begin);
  }

 private:
  static const clang::LangOptions& options() {
    static const clang::LangOptions cxx20 = [] {
      clang::LangOptions made;
      made.CPlusPlus = made.CPlusPlus11 = made.CPlusPlus14 = made.CPlusPlus17 = made.CPlusPlus20 = 1;
      made.LineComment = made.Digraphs = made.RawStringLiterals = 1;
      return made;
    }();
    return cxx20;
  }
  [[nodiscard]] const char* end() const { return text_.data() + text_.size(); }

  std::string text_;  // a copy that ends in the zero byte the lexer wants
  clang::Lexer lexer_;
};

bool opens(clang::tok::TokenKind kind) {
  return kind == clang::tok::l_square || kind == clang::tok::l_paren || kind == clang::tok::l_brace;
}

bool closes(clang::tok::TokenKind kind) {
  return kind == clang::tok::r_square || kind == clang::tok::r_paren || kind == clang::tok::r_brace;
}

/// Reads a list whose two opening brackets are behind us. Nothing when the text ends in it.
std::optional<AttributeList> read_list(RawTokens& tokens, std::uint32_t begin) {
  AttributeList list;
  std::optional<AttributeItem> item;
  auto finish_item = [&] {
    if (item) list.items.push_back(*item);
    item.reset();
  };
  int depth = 2;
  bool in_using = false;
  bool scope_ended = false;
  while (true) {
    const RawToken token = tokens.next();
    if (token.kind == clang::tok::eof) return std::nullopt;
    depth += opens(token.kind) ? 1 : closes(token.kind) ? -1 : 0;
    if (depth == 0) {
      list.range = {begin, token.range.end};
      return list;
    }
    if (depth == 1 || (depth == 2 && token.kind == clang::tok::comma)) {
      finish_item();
    } else if (depth == 2 && token.kind == clang::tok::colon && in_using) {
      item.reset();
      in_using = false;
    } else if (item) {
      if (scope_ended) item->name = token.range;
      item->range.end = token.range.end;
    } else {
      item = {token.range, token.range};
      in_using = tokens.text(token.range) == "using";
    }
    scope_ended = depth == 2 && token.kind == clang::tok::coloncolon;
  }
}

}  // namespace

std::vector<AttributeList> attribute_lists(std::string_view text) {
  std::vector<AttributeList> lists;
  RawTokens tokens(text);
  std::optional<RawToken> bracket;
  for (RawToken token = tokens.next(); token.kind != clang::tok::eof; token = tokens.next()) {
    if (token.kind != clang::tok::l_square) {
      bracket.reset();
    } else if (!bracket) {
      bracket = token;
    } else {
      if (std::optional<AttributeList> list = read_list(tokens, bracket->range.begin))
        lists.push_back(std::move(*list));
      bracket.reset();
    }
  }
  return lists;
}

TextRange removal_of(const AttributeList& list, std::size_t index, std::string_view text) {
  if (list.items.size() > 1) {
    if (index + 1 < list.items.size()) return {list.items[index].range.begin, list.items[index + 1].range.begin};
    return {list.items[index - 1].range.end, list.items[index].range.end};
  }
  TextRange whole = list.range;
  while (whole.end < text.size() && (text[whole.end] == ' ' || text[whole.end] == '\t')) ++whole.end;
  return whole;
}

}  // namespace farcall
