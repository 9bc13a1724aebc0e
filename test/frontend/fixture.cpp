#include "frontend/fixture.h"

#include <clang/Frontend/TextDiagnosticPrinter.h>
#include <clang/Tooling/Tooling.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "frontend/attributes.h"
#include "frontend/extract.h"

namespace farcall::test {
namespace {

constexpr std::string_view left_mark = "«";
constexpr std::string_view right_mark = "»";

class Consumer final : public clang::ASTConsumer {
 public:
  Consumer(clang::CompilerInstance& compiler, Contract& contract)
      : compiler_(compiler), contract_(contract), watcher_(compiler.getPreprocessor()) {}

  void HandleTranslationUnit(clang::ASTContext& context) override {
    if (context.getDiagnostics().hasErrorOccurred()) return;
    const clang::FileID file = compiler_.getSourceManager().getMainFileID();
    contract_ = extract(compiler_.getSema(), watcher_, {.file = file, .name = "test.h"}).contract;
  }

 private:
  clang::CompilerInstance& compiler_;
  Contract& contract_;
  AttributeWatcher watcher_;
};

class Action final : public clang::ASTFrontendAction {
 public:
  explicit Action(Contract& contract) : contract_(contract) {}
  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance& compiler, llvm::StringRef) override {
    return std::make_unique<Consumer>(compiler, contract_);
  }

 private:
  Contract& contract_;
};

template <class T>
const T& named(const std::vector<T>& all, std::string_view name) {
  for (const T& each : all)
    if (each.name == name) return each;
  throw std::runtime_error("nothing is called " + std::string(name));
}

std::string value_of(const AttributeArgument& argument) {
  if (const auto* text = std::get_if<std::string>(&argument.value)) return '"' + *text + '"';
  if (const auto* number = std::get_if<std::int64_t>(&argument.value)) return std::to_string(*number);
  return "other " + argument.spelling;
}

}  // namespace

Parsed::Parsed(std::string_view marked_header, const std::vector<std::string>& flags) : header_(marked_header) {
  if (const std::size_t begin = header_.find(left_mark); begin != std::string::npos) {
    header_.erase(begin, left_mark.size());
    const std::size_t end = header_.find(right_mark);
    header_.erase(end, right_mark.size());
    marked_begin_ = static_cast<std::uint32_t>(begin);
    marked_end_ = static_cast<std::uint32_t>(end);
  }
  register_attributes();
  std::vector<std::string> arguments{"-std=c++20", "-Wno-everything",
                                     "-resource-dir=" FARCALL_LLVM_LIBRARY_DIR "/clang/" CLANG_VERSION_MAJOR_STRING};
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  if (!clang::tooling::runToolOnCodeWithArgs(std::make_unique<Action>(contract), header_, arguments, "test.cpp"))
    ADD_FAILURE() << "Clang does not like:\n" << header_;
}

const Method& Parsed::method(std::string_view name) const { return named(interface().methods, name); }

const Record& Parsed::record(std::string_view name) const { return named(contract.records, name); }

std::string Parsed::text(const SourceRef& where) const {
  if (!where.known()) return "nowhere";
  if (where.file != "test.h") return "in " + where.file;
  const std::string text = header_.substr(where.begin, where.end - where.begin);
  return where.begin == marked_begin_ && where.end == marked_end_ ? "«" + text + "»" : text;
}

std::string strays(std::string_view header) {
  std::string text;
  for (const Stray& each : Parsed(header).contract.strays)
    text += (text.empty() ? "" : "; ") + each.attribute.spelling + " on " + each.on;
  return text;
}

std::string attributes(const std::vector<Attribute>& attributes) {
  std::string text;
  for (const Attribute& each : attributes) {
    text += (text.empty() ? "" : ", ") + each.spelling;
    if (each.arguments.empty()) continue;
    text += "(";
    for (std::size_t index = 0; index < each.arguments.size(); ++index)
      text += (index == 0 ? "" : ", ") + value_of(each.arguments[index]);
    text += ")";
  }
  return text;
}

std::string interfaces(std::string_view header) {
  std::string text;
  for (const Interface& each : Parsed(header).contract.interfaces) {
    text += (text.empty() ? "" : " ") + each.qualified_name + "(";
    for (std::size_t index = 0; index < each.methods.size(); ++index)
      text += (index == 0 ? "" : ", ") + each.methods[index].name;
    text += ")";
  }
  return text;
}

}  // namespace farcall::test
