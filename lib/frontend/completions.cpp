#include "frontend/completions.h"

#include <algorithm>

#include "frontend/spelling.h"
#include "model/meaning.h"

namespace farcall {
namespace {

using Specialization = clang::ClassTemplateSpecializationDecl;

const Specialization* specialization_of(clang::QualType type) {
  return llvm::dyn_cast_or_null<Specialization>(type->getAsCXXRecordDecl());
}

/// The T of Reply<T> or Result<T>, as it is written; a null type if it is not that template of the runtime.
clang::QualType argument_of(clang::QualType type, llvm::StringRef name) {
  const Specialization* instance = specialization_of(type);
  if (!instance || instance->getQualifiedNameAsString() != name) return {};
  return written_argument(type, instance->getTemplateArgs()[0].getAsType(), 0);
}

/// The T of a std::function<void(rpc::Result<T>)>, which can be called with what was just made.
clang::QualType result_of_function(clang::QualType type) {
  const Specialization* function = specialization_of(type);
  if (!function || !is_in_std(*function) || function->getName() != "function") return {};
  const clang::QualType called = written_argument(type, function->getTemplateArgs()[0].getAsType(), 0);
  const auto* signature = called->getAs<clang::FunctionProtoType>();
  if (!signature || !signature->getReturnType()->isVoidType() || signature->getNumParams() != 1) return {};
  const clang::QualType parameter = signature->getParamType(0);
  const clang::QualType value = parameter.getNonReferenceType();
  if (parameter->isLValueReferenceType() && !value.isConstQualified()) return {};
  return argument_of(value.getUnqualifiedType(), "rpc::Result");
}

}  // namespace

std::optional<Completion> completion_of(clang::QualType type, TypeReader& types) {
  Completion made{.form = HandleForm::reply};
  clang::QualType result = argument_of(type, "rpc::Reply");
  if (result.isNull()) {
    made.form = HandleForm::function;
    result = result_of_function(type);
  }
  if (result.isNull() || result.getNonReferenceType().isConstQualified()) return std::nullopt;
  made.of_reference = result->isReferenceType();
  made.result = types.read(result.getNonReferenceType());
  return made;
}

Type handle_type(clang::QualType type, const clang::ASTContext& context) {
  std::string spelling = spell(type, context);
  for (const std::string_view wide : {" (", " &"}) {  // Clang writes std::function<void (const rpc::Result<int> &)>
    for (std::size_t at = 0; (at = spelling.find(wide, at)) != std::string::npos;) spelling.erase(at, 1);
  }
  return {Unsupported{"the other process cannot call it", "mark it 'rpc::async': then it is called with the result",
                      Refusal::function},
          std::move(spelling)};
}

void take_handle(Method& method) {
  const auto found = std::ranges::find_if(method.parameters, [](const Parameter& each) {
    return each.completion && has(each.attributes, AttributeKind::async);
  });
  if (found == method.parameters.end()) return;
  method.handle = Handle{.parameter = *found,
                         .position = static_cast<std::size_t>(found - method.parameters.begin()),
                         .beside_result = !std::holds_alternative<Void>(method.result.form)};
  method.parameters.erase(found);
  if (method.handle->beside_result) return;
  method.result = method.handle->parameter.completion->result;
  std::ranges::move(method.handle->parameter.platform_types, std::back_inserter(method.platform_types));
  method.handle->parameter.platform_types.clear();
}

}  // namespace farcall
