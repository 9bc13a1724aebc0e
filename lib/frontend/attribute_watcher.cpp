#include "frontend/attribute_watcher.h"

#include "model/attributes.h"

namespace farcall {

AttributeWatcher::AttributeWatcher(clang::Preprocessor& preprocessor) : rpc_(preprocessor.getIdentifierInfo("rpc")) {
  preprocessor.setTokenWatcher([this](const clang::Token& token) { look(token); });
}

void AttributeWatcher::look(const clang::Token& token) {
  if (depth_ >= 2) return look_inside(token);
  if (token.isNot(clang::tok::l_square)) {
    depth_ = 0;
    return;
  }
  if (++depth_ == 2) {
    list_scope_ = false;
    begin_item();
  }
}

void AttributeWatcher::begin_item() {
  expect_ = Expect::item;
  item_scope_ = false;
  first_ = nullptr;
}

void AttributeWatcher::take_name(const clang::IdentifierInfo* name, clang::SourceLocation where) {
  if (name && !find_attribute(std::string_view(name->getName()))) unknown_.push_back({name->getName().str(), where});
}

void AttributeWatcher::look_inside(const clang::Token& token) {
  if (token.isOneOf(clang::tok::l_square, clang::tok::l_paren, clang::tok::l_brace)) ++depth_;
  if (token.isOneOf(clang::tok::r_square, clang::tok::r_paren, clang::tok::r_brace)) --depth_;
  const bool item_ends = depth_ < 2 || (depth_ == 2 && token.is(clang::tok::comma));
  // Without a second identifier the first one is the name: it counts under `using rpc:`.
  if (expect_ == Expect::after_first && token.isNot(clang::tok::coloncolon)) {
    if (list_scope_) take_name(first_, first_where_);
    expect_ = Expect::nothing;
  }
  if (item_ends) return begin_item();
  if (token.isAnnotation()) return;
  switch (expect_) {
    case Expect::item:
      first_ = token.getIdentifierInfo();
      first_where_ = token.getLocation();
      expect_ = token.is(clang::tok::kw_using) ? Expect::using_scope : Expect::after_first;
      break;
    case Expect::using_scope:
      list_scope_ = token.getIdentifierInfo() == rpc_;
      expect_ = Expect::using_colon;
      break;
    case Expect::using_colon: begin_item(); break;
    case Expect::after_first:
      item_scope_ = first_ == rpc_;
      expect_ = Expect::name;
      break;
    case Expect::name:
      if (item_scope_) take_name(token.getIdentifierInfo(), token.getLocation());
      expect_ = Expect::nothing;
      break;
    case Expect::nothing: break;
  }
}

}  // namespace farcall
