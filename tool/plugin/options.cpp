#include "plugin/options.h"

#include <llvm/ADT/SmallVector.h>
#include <llvm/ADT/StringRef.h>

namespace farcall::plugin {
namespace {

constexpr const char* known =
    "out=<folder>, check, emit=cpp,json,proto,mock, print-contract, print-plan, W<rule>, Wno-<rule>, Werror, "
    "Werror=<rule>";

std::string read_emit(llvm::StringRef list, Artefacts& artefacts) {
  artefacts = {.code = false};
  llvm::SmallVector<llvm::StringRef> items;
  list.split(items, ',');
  for (const llvm::StringRef item : items) {
    bool* const wanted = item == "cpp"     ? &artefacts.code
                         : item == "json"  ? &artefacts.contract
                         : item == "proto" ? &artefacts.proto
                         : item == "mock"  ? &artefacts.mock
                                           : nullptr;
    if (wanted == nullptr) return "emit= knows cpp, json, proto and mock, and not '" + item.str() + "'";
    *wanted = true;
  }
  return {};
}

std::string read_one(llvm::StringRef argument, Options& options) {
  if (argument.consume_front("out=")) {
    options.run.plan.out_dir = argument.str();
    return argument.empty() ? "out= needs a folder" : "";
  }
  if (argument.consume_front("emit=")) return read_emit(argument, options.run.artefacts);
  if (argument.consume_front("W")) return options.run.warnings.add(argument.str());
  if (argument == "check") {
    options.check = true;
  } else if (argument == "print-contract") {
    options.print = Print::contract;
  } else if (argument == "print-plan") {
    options.print = Print::plan;
  } else {
    return "'" + argument.str() + "' is no argument of the plugin; there are: " + known;
  }
  return {};
}

}  // namespace

std::string read(const std::vector<std::string>& arguments, Options& options) {
  for (const std::string& each : arguments)
    if (std::string problem = read_one(each, options); !problem.empty()) return problem;
  return {};
}

}  // namespace farcall::plugin
