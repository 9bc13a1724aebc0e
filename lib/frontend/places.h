// Turns Clang's locations into SourceRefs and back. Everything is told where the user wrote it: what a macro expands
// to stands at the macro's use, unless it was an argument of the macro.
//
//   Places places(sources, language);
//   places.rename(header_file, "thermostat.h");          // as the user named it
//   SourceRef ref = places.of(method->getSourceRange());
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "frontend/attribute_lists.h"
#include "frontend/clang_compat.h"
#include "model/source.h"

namespace farcall {

class Places {
 public:
  Places(const clang::SourceManager& sources, const clang::LangOptions& language)
      : sources_(sources), language_(language) {}

  /// SourceRefs of `file` carry this name.
  void rename(clang::FileID file, std::string name) {
    names_[file] = name;
    files_.insert_or_assign(std::move(name), file);
  }

  [[nodiscard]] const clang::SourceManager& sources() const { return sources_; }

  /// From the first byte of the first token to the last of the last one.
  SourceRef of(clang::SourceRange tokens);
  SourceRef of(clang::SourceLocation token) { return of(clang::SourceRange(token)); }
  SourceRef of(clang::FileID file, TextRange range);

  /// The attribute any token of which is at `inside`, as Attribute has it: name and arguments, name alone, removal.
  /// The name is not known for an attribute out of a macro, the removal for one that comes along with something else.
  struct AttributePlace {
    SourceRef where;
    SourceRef name;
    SourceRef removal;
  };
  AttributePlace of_attribute(clang::SourceLocation inside);

  /// What to delete to remove these tokens: with the blanks before them; not known() for tokens out of a macro.
  SourceRef deletion_of(clang::SourceRange tokens);

  /// The point behind a token; not known() for one out of a macro.
  SourceRef behind(clang::SourceLocation token);

  /// `declaration` with the attribute lists that stand before it.
  SourceRef with_attributes(SourceRef declaration);

  /// The type of a parameter as written: what stands before its name, or before the default argument without a name.
  SourceRef type_of(const clang::ParmVarDecl& parameter, SourceRef declaration);

  /// From where `declaration` begins to before its `;`, its body or its initialisers.
  SourceRef up_to_body(SourceRef declaration);

  /// A macro that wrote what is somewhere, and the place within its definition.
  struct Expansion {
    std::string macro;
    SourceRef where;
  };
  /// The macros behind what of() found at `ref`, the one that the user wrote first; none for what stands there itself.
  [[nodiscard]] std::vector<Expansion> expansions(const SourceRef& ref) const;

  /// The file of that name, as SourceRefs of this object have it.
  [[nodiscard]] SourceFile file(const std::string& name) const;

  /// As it stands in the file; empty for an unknown place.
  std::string_view text(const SourceRef& ref) const;

  /// Back to Clang. `ref` came from this object.
  clang::SourceLocation location(const SourceRef& ref, std::uint32_t offset) const;
  clang::CharSourceRange range(const SourceRef& ref) const;

 private:
  struct Found {
    const AttributeList* list = nullptr;
    std::size_t item = 0;
  };
  using Key = std::tuple<std::string, std::uint32_t, std::uint32_t>;
  static Key key(const SourceRef& ref) { return {ref.file, ref.begin, ref.end}; }

  const std::string& name_of(clang::FileID file);
  void keep_expansions(const SourceRef& ref, clang::SourceLocation place);
  const std::vector<AttributeList>& lists_of(clang::FileID file);
  Found find_item(clang::FileID file, std::uint32_t offset);
  bool is_whole_macro(clang::SourceLocation spelling);

  const clang::SourceManager& sources_;
  const clang::LangOptions& language_;
  std::map<clang::FileID, std::string> names_;
  std::map<std::string, clang::FileID, std::less<>> files_;
  std::map<clang::FileID, std::vector<AttributeList>> lists_;
  std::map<Key, std::vector<Expansion>> expansions_;
};

}  // namespace farcall
