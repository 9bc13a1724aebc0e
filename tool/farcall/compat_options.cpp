#include "compat_options.h"

#include <algorithm>

#include <llvm/Support/CommandLine.h>
#include <llvm/Support/Process.h>
#include <llvm/Support/raw_ostream.h>

namespace farcall {
namespace {

namespace cl = llvm::cl;

struct CompatArguments {
  cl::SubCommand compat{"compat"};
  cl::list<std::string> headers{cl::Positional, cl::sub(compat)};
  cl::opt<std::string> against{"against", cl::sub(compat)};
  cl::opt<std::string> contract{"contract", cl::sub(compat)};
  cl::opt<CompatLevel> level{
      "level", cl::sub(compat), cl::init(CompatLevel::wire),
      cl::values(clEnumValN(CompatLevel::wire, "wire", ""), clEnumValN(CompatLevel::source, "source", ""))};
  cl::opt<ChangeFormat> format{
      "format", cl::sub(compat), cl::init(ChangeFormat::text),
      cl::values(clEnumValN(ChangeFormat::text, "text", ""), clEnumValN(ChangeFormat::json, "json", ""))};
  cl::opt<std::string> database{"p", cl::sub(compat)};
  cl::list<std::string> extra_after{"extra-arg", cl::sub(compat)};
  cl::list<std::string> extra_before{"extra-arg-before", cl::sub(compat)};
};

}  // namespace

std::optional<CompatOptions> read_compat_options(int argc, char** argv) {
  char** const end = argv + argc;
  char** const dashes = std::find_if(argv, end, [](const char* each) { return llvm::StringRef(each) == "--"; });
  std::optional<std::vector<std::string>> flags;
  if (dashes != end) flags.emplace(dashes + 1, end);

  static CompatArguments arguments;  // LLVM keeps pointers to it
  if (!cl::ParseCommandLineOptions(static_cast<int>(dashes - argv), argv, "", &llvm::errs())) return std::nullopt;
  if (arguments.headers.size() != 1 || arguments.against.empty()) {
    llvm::errs() << "farcall: error: one header and one version to compare it to are needed; "
                    "try: farcall compat thermostat.h --against=HEAD\n";
    return std::nullopt;
  }
  return CompatOptions{.header = arguments.headers.front(),
                       .against = arguments.against,
                       .contract = arguments.contract,
                       .flags = {.database = arguments.database.getValue(),
                                 .fixed = std::move(flags),
                                 .extra_before = {arguments.extra_before.begin(), arguments.extra_before.end()},
                                 .extra_after = {arguments.extra_after.begin(), arguments.extra_after.end()}},
                       .level = arguments.level,
                       .format = arguments.format,
                       .color = llvm::sys::Process::StandardErrHasColors()};
}

}  // namespace farcall
