#include "options.h"

#include <llvm/Support/CommandLine.h>
#include <llvm/Support/Process.h>
#include <llvm/Support/raw_ostream.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <thread>

namespace farcall {
namespace {

namespace cl = llvm::cl;

enum class Color : std::uint8_t { automatic, always, never };
enum class Emit : std::uint8_t { cpp, json, proto };

/// The options of the subcommand, which keeps them apart from those LLVM's libraries bring along. Their help texts are
/// in generate_help.
struct Arguments {
  cl::SubCommand generate{"generate"};
  cl::list<std::string> headers{cl::Positional, cl::sub(generate)};
  cl::opt<std::string> database{"p", cl::sub(generate)};
  cl::list<std::string> extra_after{"extra-arg", cl::sub(generate)};
  cl::list<std::string> extra_before{"extra-arg-before", cl::sub(generate)};
  cl::opt<std::string> out_dir{"out-dir", cl::sub(generate)};
  cl::opt<bool> check{"check", cl::sub(generate)};
  cl::opt<std::string> depfile{"depfile", cl::sub(generate)};
  cl::opt<Product> print{
      "print", cl::sub(generate), cl::init(Product::files),
      cl::values(clEnumValN(Product::contract, "contract", ""), clEnumValN(Product::plan, "plan", ""))};
  cl::list<Emit> emit{"emit", cl::sub(generate), cl::CommaSeparated,
                      cl::values(clEnumValN(Emit::cpp, "cpp", ""), clEnumValN(Emit::json, "json", ""),
                                 clEnumValN(Emit::proto, "proto", ""))};
  cl::opt<bool> freeze{"freeze", cl::sub(generate)};
  cl::opt<std::string> contract{"contract", cl::sub(generate)};
  cl::opt<bool> accept_breaking{"accept-breaking", cl::sub(generate)};
  cl::opt<unsigned> jobs{"j", cl::Prefix, cl::sub(generate), cl::init(0)};
  cl::opt<bool> quiet{"quiet", cl::sub(generate)};
  cl::opt<bool> verbose{"verbose", cl::sub(generate)};
  cl::opt<Color> color{"color", cl::ValueOptional, cl::sub(generate), cl::init(Color::automatic),
                       cl::values(clEnumValN(Color::automatic, "auto", ""), clEnumValN(Color::always, "always", ""),
                                  clEnumValN(Color::never, "never", ""), clEnumValN(Color::always, "", ""))};
};

std::vector<std::string> words(const cl::list<std::string>& list) { return {list.begin(), list.end()}; }

GenerateOptions options_from(const Arguments& arguments, std::optional<std::vector<std::string>> flags) {
  return {.headers = words(arguments.headers),
          .flags = {.database = arguments.database.getValue(),
                    .fixed = std::move(flags),
                    .extra_before = words(arguments.extra_before),
                    .extra_after = words(arguments.extra_after)},
          .out_dir = arguments.out_dir.getValue(),
          .product = arguments.print,
          .mode = arguments.check ? WriteMode::compare : WriteMode::write,
          .code = arguments.emit.empty() || llvm::is_contained(arguments.emit, Emit::cpp),
          .freeze = arguments.freeze || llvm::is_contained(arguments.emit, Emit::json),
          .proto = llvm::is_contained(arguments.emit, Emit::proto),
          .contract = arguments.contract.getValue(),
          .accept_breaking = arguments.accept_breaking,
          .depfile = arguments.depfile.getValue(),
          .jobs = arguments.jobs != 0 ? arguments.jobs : std::max(1U, std::thread::hardware_concurrency()),
          .quiet = arguments.quiet,
          .color = arguments.color == Color::always ||
                   (arguments.color == Color::automatic && llvm::sys::Process::StandardErrHasColors()),
          .columns = llvm::sys::Process::StandardErrColumns(),
          .progress = llvm::sys::Process::StandardErrIsDisplayed()};
}

}  // namespace

const char* const generate_help = R"(usage: farcall generate [options] <header>... [-- <flags>...]

Writes thermostat.rpc.h and thermostat.rpc.cpp for each annotated header thermostat.h:

  class [[rpc::interface]] Thermostat {
   public:
    virtual ~Thermostat() = default;
    virtual double target() = 0;
  };

Examples
  farcall generate thermostat.h                        beside the header
  farcall generate -p build --out-dir=gen src/*.h      flags from build/compile_commands.json, output in gen/
  farcall generate thermostat.h -- -std=c++20 -Iinc    flags given here
  farcall generate --check thermostat.h                fails if the files are not up to date: for CI

Output
  --out-dir=<folder>        where the files go; the default is beside each header
  --check                   write nothing; print what would change, and exit with 1 if anything would
  --depfile=<file>          write a Makefile rule with all the files the output depends on
  --emit=cpp,json,proto     what is written: cpp is the default; json is the contract with every type, number and attribute,
                            thermostat.rpc.json; proto is thermostat.proto, for other languages
  --print=contract|plan     write no files; print what the headers say, or what is generated from it

Versions
  --freeze                  also write the frozen contract, thermostat.rpc.json, to be checked in beside the header. Once it
                            is there, numbers follow it, every run keeps it up to date, and a change that breaks
                            programs of an earlier version is an error
  --accept-breaking         break them all the same; the frozen contract records what was broken
  --contract=<file>         the frozen contract, if it is neither beside the header nor in --out-dir

Flags for parsing
  -p <folder>               the folder of compile_commands.json; by default it is looked for above each header. A
                            header without an entry gets the flags of a similar file. With no database at all:
                            -std=c++20 and the header's folder
  -- <flags>...             parse with these instead
  --extra-arg=<flag>        one more flag behind the others; may be repeated
  --extra-arg-before=<flag> one more flag before the others; may be repeated

How it runs
  -j <n>                    runs of the parser at once; the default is the number of cores. Headers with the same flags
                            are parsed in one run
  --quiet                   errors only
  --verbose                 say what is done and why
  --color=auto|always|never colours in diagnostics

Exit codes: 0 all is well; 1 an error in a header, or a difference with --check; 2 wrong use, or a file that cannot be
read or written. If any header has an error, nothing is written.
)";

bool wants_help(int argc, char** argv) {
  for (int index = 1; index < argc && llvm::StringRef(argv[index]) != "--"; ++index)
    if (llvm::is_contained({"--help", "-help", "-h"}, llvm::StringRef(argv[index]))) return true;
  return false;
}

std::optional<GenerateOptions> read_generate_options(int argc, char** argv) {
  char** const end = argv + argc;
  char** const dashes = std::find_if(argv, end, [](const char* each) { return llvm::StringRef(each) == "--"; });
  std::optional<std::vector<std::string>> flags;
  if (dashes != end) flags.emplace(dashes + 1, end);

  static Arguments arguments;  // LLVM keeps pointers to it
  if (!cl::ParseCommandLineOptions(static_cast<int>(dashes - argv), argv, "", &llvm::errs())) return std::nullopt;
  if (arguments.headers.empty()) {
    llvm::errs() << "farcall: error: no header to generate from; try: farcall generate thermostat.h\n";
    return std::nullopt;
  }
  if (arguments.verbose) spdlog::set_level(spdlog::level::info);
  return options_from(arguments, std::move(flags));
}

}  // namespace farcall
