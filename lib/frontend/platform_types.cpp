#include "frontend/platform_types.h"

#include "frontend/ast_visitor.h"

namespace farcall {
namespace {

/// By what it travels as; empty for types that are the same everywhere.
std::string_view fixed_type(clang::QualType type) {
  const auto* builtin = type->getAs<clang::BuiltinType>();
  if (!builtin) return {};
  switch (builtin->getKind()) {
    case clang::BuiltinType::Long: return "std::int64_t";
    case clang::BuiltinType::ULong: return "std::uint64_t";
    case clang::BuiltinType::WChar_S:
    case clang::BuiltinType::WChar_U: return "char32_t";
    default: return {};
  }
}

/// Names of the system for integers that are as wide as an address, a file or a clock happens to be.
constexpr llvm::StringRef platform_names[] = {"size_t",    "ssize_t", "ptrdiff_t", "intptr_t",
                                              "uintptr_t", "off_t",   "time_t",    "wint_t"};

/// Whether the name is one of those or an alias of one, as std::streamsize and the size_type of a container are.
bool is_platform_name(const clang::TypedefNameDecl* alias) {
  while (alias) {
    if (llvm::is_contained(platform_names, alias->getName())) return true;
    const auto* next = alias->getUnderlyingType()->getAs<clang::TypedefType>();
    alias = next ? next->getDecl() : nullptr;
  }
  return false;
}

/// Behind `#pragma once` or the first include, whichever comes later before anything else; else at the start, behind a
/// byte order mark.
std::uint32_t include_offset(std::string_view text) {
  const std::size_t include = text.find("#include");
  if (include != std::string_view::npos && (include == 0 || text[include - 1] == '\n'))
    return static_cast<std::uint32_t>(include);
  const std::size_t pragma = text.find("#pragma once");
  if (pragma == std::string_view::npos) return text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  const std::size_t line_end = text.find('\n', pragma);
  return static_cast<std::uint32_t>(line_end == std::string_view::npos ? text.size() : line_end + 1);
}

class Finder final : public AstVisitor {
 public:
  explicit Finder(Scope& scope) : scope_(scope) {}

  std::vector<PlatformType> found;

 private:
  bool visit(clang::TypeLoc location) override {
    const clang::QualType type = without_qualifier(location.getType());
    if (llvm::isa<clang::BuiltinType>(type)) {
      add(location, fixed_type(type));
    } else if (llvm::isa<clang::TypedefType, clang::UsingType>(type)) {
      if (const auto* name = type->getAs<clang::TypedefType>()) look_at(*name->getDecl(), location);
    }
    return true;
  }

  void look_at(const clang::TypedefNameDecl& alias, clang::TypeLoc use) {
    if (!scope_.is_in_system_folder(alias.getLocation())) {
      if (const clang::TypeSourceInfo* info = alias.getTypeSourceInfo()) walk(info->getTypeLoc());
    } else if (is_platform_name(&alias)) {
      add(use, fixed_type(use.getType().getCanonicalType()));
    }
  }

  void add(clang::TypeLoc location, std::string_view fixed) {
    if (fixed.empty() || location.getBeginLoc().isInvalid()) return;
    PlatformType made{.spelling = std::string(scope_.places.text(scope_.places.of(location.getSourceRange()))),
                      .fixed = std::string(fixed),
                      .where = scope_.places.of(location.getSourceRange())};
    if (location.getBeginLoc().isFileID() && location.getEndLoc().isFileID()) {
      made.fix.push_back({made.where, made.fixed});
      if (fixed.starts_with("std::") && !has_fixed_types()) made.fix.push_back(include_cstdint(made.where));
    } else {
      made.spelling = location.getType().getAsString(scope_.context.getPrintingPolicy());
    }
    found.push_back(std::move(made));
  }

  /// Whether std::int64_t and its like are known.
  [[nodiscard]] bool has_fixed_types() const {
    clang::ASTContext& context = scope_.context;
    for (const clang::NamedDecl* each : context.getTranslationUnitDecl()->lookup(&context.Idents.get("std")))
      if (const auto* space = llvm::dyn_cast<clang::NamespaceDecl>(each))
        if (!space->lookup(&context.Idents.get("int64_t")).empty()) return true;
    return false;
  }

  [[nodiscard]] Edit include_cstdint(const SourceRef& in_file) const {
    SourceRef place = in_file;
    place.begin = 0;
    place.end = std::numeric_limits<std::uint32_t>::max();
    place.begin = place.end = include_offset(scope_.places.text(place));
    place.line = place.column = 1;
    return {place, "#include <cstdint>\n"};
  }

  Scope& scope_;
};

}  // namespace

std::vector<PlatformType> platform_types(Scope& scope, clang::TypeLoc declared) {
  Finder finder(scope);
  if (!declared.isNull()) finder.walk(declared);
  return std::move(finder.found);
}

}  // namespace farcall
