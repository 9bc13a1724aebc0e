#include "frontend/user_codec.h"

namespace farcall {
namespace {

clang::ClassTemplateDecl* codec_template(const clang::ASTContext& context) {
  for (const clang::NamedDecl* each : context.getTranslationUnitDecl()->lookup(&context.Idents.get("rpc"))) {
    const auto* space = llvm::dyn_cast<clang::NamespaceDecl>(each);
    if (!space) continue;
    for (clang::NamedDecl* found : space->lookup(&context.Idents.get("Codec")))
      if (auto* pattern = llvm::dyn_cast<clang::ClassTemplateDecl>(found))
        if (pattern->getTemplateParameters()->size() == 1) return pattern;
  }
  return nullptr;
}

/// Codec<type>, complete if a partial specialisation makes it so.
const clang::ClassTemplateSpecializationDecl* codec_for(Scope& scope, clang::ClassTemplateDecl& pattern,
                                                        clang::QualType type) {
  const clang::SourceLocation where = pattern.getLocation();
  clang::TemplateArgumentListInfo arguments(where, where);
  arguments.addArgument({type, scope.context.getTrivialTypeSourceInfo(type, where)});
  const clang::QualType codec = specialization_of(scope.sema, clang::TemplateName(&pattern), where, arguments);
  if (codec.isNull()) return nullptr;
  (void)scope.sema.isCompleteType(where, codec);
  return llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(codec->getAsCXXRecordDecl());
}

/// Whether a user wrote it. What the runtime has for the standard library has another base, or none.
bool is_users(const clang::ClassTemplateSpecializationDecl& codec) {
  if (!codec.hasDefinition()) return codec.isExplicitSpecialization();
  return llvm::any_of(codec.bases(), [](const clang::CXXBaseSpecifier& base) {
    const clang::CXXRecordDecl* record = base.getType()->getAsCXXRecordDecl();
    return record && record->getName() == "CustomCodec";
  });
}

std::uint32_t version_of(const clang::ClassTemplateSpecializationDecl& codec) {
  const clang::CXXRecordDecl* definition = codec.getDefinition();
  if (!definition) return 0;
  for (clang::NamedDecl* each : definition->lookup(&codec.getASTContext().Idents.get("version"))) {
    const auto* variable = llvm::dyn_cast<clang::VarDecl>(each);
    const clang::APValue* value = variable && variable->hasInit() ? variable->evaluateValue() : nullptr;
    if (value && value->isInt()) return static_cast<std::uint32_t>(value->getInt().extOrTrunc(64).getSExtValue());
  }
  return 0;
}

/// The declaration that makes a Codec for the type.
bool is_seen(const Scope& scope, const clang::ClassTemplateSpecializationDecl& codec) {
  const auto origin = codec.getSpecializedTemplateOrPartial();
  if (const auto* partial = llvm::dyn_cast<clang::ClassTemplatePartialSpecializationDecl*>(origin))
    return scope.is_visible(*partial);
  return scope.is_visible(codec);
}

}  // namespace

std::optional<UserCodec> find_user_codec(Scope& scope, clang::QualType type) {
  clang::ClassTemplateDecl* pattern = codec_template(scope.context);
  if (!pattern || type->isDependentType()) return std::nullopt;
  const auto* codec = codec_for(scope, *pattern, type.getCanonicalType());
  if (!codec || !is_users(*codec) || !is_seen(scope, *codec)) return std::nullopt;
  return UserCodec{version_of(*codec)};
}

}  // namespace farcall
