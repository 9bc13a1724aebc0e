#include "frontend/attributes.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "model/attributes.h"

namespace farcall {
namespace {

/// What the annotations are called that stand for our attributes, before the attribute as written: "rpc::async".
constexpr llvm::StringRef annotation_prefix = "farcall:";

constexpr std::size_t attribute_count = static_cast<std::size_t>(AttributeKind::unknown);

/// One row of the table as Clang wants it: a class, default-constructible.
///
/// The bare name is registered beside `rpc::name`, because Clang's parser asks for the bare name before it parses
/// the arguments; a use of it without the scope is told from the annotation.
template <std::size_t row>
class Registered final : public clang::ParsedAttrInfo {
 public:
  Registered() {
    static const std::string bare(attribute_table()[row].name);
    static const std::string scoped = "rpc::" + bare;
    static const Spelling both[] = {{clang::AttributeCommonInfo::AS_CXX11, scoped.c_str()},
                                    {clang::AttributeCommonInfo::AS_CXX11, bare.c_str()}};
    Spellings = both;
    OptArgs = any_number;
  }

  AttrHandling handleDeclAttribute(clang::Sema& sema, clang::Decl* declaration,
                                   const clang::ParsedAttr& attribute) const override {
    llvm::SmallVector<clang::Expr*, 2> arguments;
    for (unsigned index = 0; index < attribute.getNumArgs(); ++index)
      if (attribute.isArgExpr(index)) arguments.push_back(attribute.getArgAsExpr(index));
    declaration->addAttr(clang::AnnotateAttr::Create(sema.Context,
                                                     (annotation_prefix + attribute.getNormalizedFullName()).str(),
                                                     arguments.data(), arguments.size(), attribute.getRange()));
    return AttributeApplied;
  }

 private:
  static constexpr unsigned any_number = 15;  // what Clang takes for "variadic"
};

template <std::size_t row>
void add_row() {
  const AttributeSpec& spec = attribute_table()[row];
  static const clang::ParsedAttrInfoRegistry::Add<Registered<row>> node(spec.name, spec.meaning);
}

template <std::size_t... rows>
void add_rows(std::index_sequence<rows...>) {
  (add_row<rows>(), ...);
}

AttributeArgument read_argument(const clang::Expr& expression, const clang::ASTContext& context, Places& places) {
  AttributeArgument argument{.where = places.of(expression.getSourceRange())};
  argument.spelling = places.text(argument.where);
  if (expression.isValueDependent()) return argument;
  const clang::Expr* plain = expression.IgnoreImplicit()->IgnoreParenImpCasts();
  clang::Expr::EvalResult result;
  if (const auto* literal = llvm::dyn_cast<clang::StringLiteral>(plain)) {
    // Clang reads the argument of [[rpc::uuid(…)]] as it reads its own uuid's: unevaluated.
    if (literal->isOrdinary() || literal->isUnevaluated()) argument.value = literal->getString().str();
  } else if (plain->getType()->isIntegerType() && !plain->getType()->isBooleanType() &&
             plain->EvaluateAsInt(result, context) && result.Val.getInt().isRepresentableByInt64()) {
    argument.value = result.Val.getInt().getExtValue();
  }
  return argument;
}

/// The annotation of one of our attributes, without the prefix; empty for all other attributes.
llvm::StringRef spelling_of(const clang::Attr& attribute) {
  const auto* annotation = llvm::dyn_cast<clang::AnnotateAttr>(&attribute);
  if (!annotation || annotation->isInherited()) return {};
  llvm::StringRef spelling = annotation->getAnnotation();
  return spelling.consume_front(annotation_prefix) ? spelling : llvm::StringRef();
}

}  // namespace

void register_attributes() {
  static std::once_flag once;
  std::call_once(once, [] { add_rows(std::make_index_sequence<attribute_count>()); });
}

bool has_attributes(const clang::Decl& declaration) {
  return llvm::any_of(declaration.attrs(), [](const clang::Attr* each) { return !spelling_of(*each).empty(); });
}

std::vector<Attribute> attributes_of(const clang::Decl& declaration, Places& places) {
  std::vector<Attribute> attributes;
  for (const clang::Attr* each : declaration.attrs()) {
    llvm::StringRef name = spelling_of(*each);
    if (name.empty()) continue;
    Attribute attribute{.kind = AttributeKind::unknown, .spelling = name.str()};
    attribute.scoped = name.consume_front("rpc::");
    if (const AttributeSpec* spec = find_attribute(std::string_view(name))) attribute.kind = spec->kind;
    for (const clang::Expr* argument : llvm::cast<clang::AnnotateAttr>(each)->args())
      attribute.arguments.push_back(read_argument(*argument, declaration.getASTContext(), places));
    const Places::AttributePlace place = places.of_attribute(each->getRange().getEnd());
    attribute.where = place.where;
    attribute.name_where = place.name;
    attribute.removal = place.removal;
    attributes.push_back(std::move(attribute));
  }
  std::ranges::stable_sort(attributes, {}, [](const Attribute& each) { return each.where.begin; });
  return attributes;
}

}  // namespace farcall
