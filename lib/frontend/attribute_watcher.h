// Notices misspelt attributes. Clang drops `[[rpc::asinc]]` with a warning, if that, and leaves no trace of it in the
// AST; so this watches the tokens that reach the parser, after macros were expanded.
//
//   AttributeWatcher watcher(compiler.getPreprocessor());     // before parsing
//   …                                                         // parse
//   watcher.unknown()                                         // {"rpc::asinc", its place}
#pragma once

#include <string>
#include <vector>

#include "frontend/clang_compat.h"

namespace farcall {

/// `name` is an attribute of the scope rpc that Farcall does not have.
struct UnknownAttribute {
  std::string name;             ///< without the scope
  clang::SourceLocation where;  ///< of the name
};

class AttributeWatcher {
 public:
  /// Takes the preprocessor's token watcher, of which it has one. Outlives the parsing.
  explicit AttributeWatcher(clang::Preprocessor& preprocessor);
  AttributeWatcher(const AttributeWatcher&) = delete;
  AttributeWatcher& operator=(const AttributeWatcher&) = delete;

  [[nodiscard]] const std::vector<UnknownAttribute>& unknown() const { return unknown_; }

 private:
  void look(const clang::Token& token);
  void look_inside(const clang::Token& token);
  void begin_item();
  void take_name(const clang::IdentifierInfo* name, clang::SourceLocation where);

  /// What the next token means within a list: `using scope:`, or `scope::name(arguments)`.
  enum class Expect { item, using_scope, using_colon, after_first, name, nothing };

  std::vector<UnknownAttribute> unknown_;
  const clang::IdentifierInfo* rpc_;
  int depth_ = 0;            // open brackets; from 2 on we are in a list
  bool list_scope_ = false;  // [[using rpc: …]]
  bool item_scope_ = false;  // rpc::…
  Expect expect_ = Expect::item;
  const clang::IdentifierInfo* first_ = nullptr;
  clang::SourceLocation first_where_;
};

}  // namespace farcall
