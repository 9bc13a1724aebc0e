#include "options.h"

#include <llvm/Support/CommandLine.h>
#include <llvm/Support/Process.h>
#include <llvm/Support/raw_ostream.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <thread>

#include "check/rules.h"

namespace farcall {
namespace {

namespace cl = llvm::cl;

enum class Color : std::uint8_t { automatic, always, never };
enum class Emit : std::uint8_t { cpp, json, proto, mock };

/// The options of the subcommands, which keep them apart from those LLVM's libraries bring along. Their help texts are
/// in help.cpp.
struct Arguments {
  cl::SubCommand generate{"generate"};
  cl::SubCommand check_headers{"check"};
  cl::SubCommand rewrite{"rewrite"};

  // of all three
  cl::list<std::string> headers{cl::Positional, cl::sub(generate), cl::sub(check_headers), cl::sub(rewrite)};
  cl::opt<std::string> database{"p", cl::sub(generate), cl::sub(check_headers), cl::sub(rewrite)};
  cl::list<std::string> extra_after{"extra-arg", cl::sub(generate), cl::sub(check_headers), cl::sub(rewrite)};
  cl::list<std::string> extra_before{"extra-arg-before", cl::sub(generate), cl::sub(check_headers), cl::sub(rewrite)};
  cl::list<std::string> warnings{"W", cl::Prefix, cl::sub(generate), cl::sub(check_headers), cl::sub(rewrite)};
  cl::opt<unsigned> jobs{"j", cl::Prefix, cl::sub(generate), cl::sub(check_headers), cl::sub(rewrite), cl::init(0)};
  cl::opt<bool> quiet{"quiet", cl::sub(generate), cl::sub(check_headers), cl::sub(rewrite)};
  cl::opt<bool> verbose{"verbose", cl::sub(generate), cl::sub(check_headers), cl::sub(rewrite)};
  cl::opt<Color> color{"color",
                       cl::ValueOptional,
                       cl::sub(generate),
                       cl::sub(check_headers),
                       cl::sub(rewrite),
                       cl::init(Color::automatic),
                       cl::values(clEnumValN(Color::automatic, "auto", ""), clEnumValN(Color::always, "always", ""),
                                  clEnumValN(Color::never, "never", ""), clEnumValN(Color::always, "", ""))};

  // of generate and check
  cl::opt<Format> format{"format", cl::sub(generate), cl::sub(check_headers), cl::init(Format::text),
                         cl::values(clEnumValN(Format::text, "text", ""), clEnumValN(Format::sarif, "sarif", ""))};
  cl::opt<std::string> output{"output", cl::sub(generate), cl::sub(check_headers)};
  cl::opt<std::string> export_fixes{"export-fixes", cl::sub(generate), cl::sub(check_headers), cl::sub(rewrite)};
  cl::opt<std::string> contract{"contract", cl::sub(generate), cl::sub(check_headers)};

  // of generate
  cl::opt<std::string> out_dir{"out-dir", cl::sub(generate)};
  cl::opt<bool> check{"check", cl::sub(generate)};
  cl::opt<std::string> depfile{"depfile", cl::sub(generate)};
  cl::opt<Product> print{
      "print", cl::sub(generate), cl::init(Product::files),
      cl::values(clEnumValN(Product::contract, "contract", ""), clEnumValN(Product::plan, "plan", ""))};
  cl::list<Emit> emit{"emit", cl::sub(generate), cl::CommaSeparated,
                      cl::values(clEnumValN(Emit::cpp, "cpp", ""), clEnumValN(Emit::json, "json", ""),
                                 clEnumValN(Emit::proto, "proto", ""), clEnumValN(Emit::mock, "mock", ""))};
  cl::opt<bool> freeze{"freeze", cl::sub(generate)};
  cl::opt<bool> accept_breaking{"accept-breaking", cl::sub(generate)};
  cl::opt<bool> fresh{"fresh", cl::sub(generate)};

  // of rewrite
  cl::opt<std::string> fix{"fix", cl::ValueOptional, cl::sub(rewrite)};
  cl::list<std::string> set{"set", cl::sub(rewrite)};
  cl::list<std::string> add_interface{"add-interface", cl::sub(rewrite)};
  cl::list<std::string> extract_interface{"extract-interface", cl::sub(rewrite)};
  cl::opt<bool> dry_run{"dry-run", cl::sub(rewrite)};
};

void complain_of(const std::string& text) { llvm::errs() << "farcall: error: " << text << "\n"; }

std::vector<std::string> words(const cl::list<std::string>& list) { return {list.begin(), list.end()}; }

std::optional<Warnings> warnings_of(const Arguments& arguments) {
  Warnings warnings;
  for (const std::string& option : arguments.warnings) {
    const std::string problem = warnings.add(option);
    if (problem.empty()) continue;
    complain_of(problem);
    return std::nullopt;
  }
  return warnings;
}

Level level_of(const Arguments& arguments) {
  if (arguments.format == Format::sarif) return Level::parse_errors;
  return arguments.quiet ? Level::errors : Level::warnings;
}

std::optional<AnalysisOptions> analysis_from(const Arguments& arguments,
                                             std::optional<std::vector<std::string>> flags) {
  std::optional<Warnings> warnings = warnings_of(arguments);
  if (!warnings) return std::nullopt;
  return AnalysisOptions{
      .headers = words(arguments.headers),
      .flags = {.database = arguments.database.getValue(),
                .fixed = std::move(flags),
                .extra_before = words(arguments.extra_before),
                .extra_after = words(arguments.extra_after)},
      .run = {.plan = {.contract_path = arguments.contract.getValue()}, .warnings = std::move(*warnings)},
      .jobs = arguments.jobs != 0 ? arguments.jobs : std::max(1U, std::thread::hardware_concurrency()),
      .level = level_of(arguments),
      .color = arguments.color == Color::always ||
               (arguments.color == Color::automatic && llvm::sys::Process::StandardErrHasColors()),
      .color_diff = arguments.color == Color::always ||
                    (arguments.color == Color::automatic && llvm::sys::Process::StandardOutHasColors()),
      .columns = llvm::sys::Process::StandardErrColumns(),
      .progress = llvm::sys::Process::StandardErrIsDisplayed() && !arguments.quiet};
}

std::optional<ReportOptions> report_from(const Arguments& arguments) {
  if (!arguments.output.empty() && arguments.format == Format::text) {
    complain_of("--output says where a report goes, and there is none without --format=sarif");
    return std::nullopt;
  }
  return ReportOptions{.format = arguments.format,
                       .output = arguments.output.getValue(),
                       .export_fixes = arguments.export_fixes.getValue()};
}

/// What all three commands read first.
struct Common {
  Arguments& arguments;
  AnalysisOptions analysis;
};

/// `purpose` completes "no header to …".
std::optional<Common> read_common(int argc, char** argv, const char* purpose, const char* example) {
  char** const end = argv + argc;
  char** const dashes = std::find_if(argv, end, [](const char* each) { return llvm::StringRef(each) == "--"; });
  std::optional<std::vector<std::string>> flags;
  if (dashes != end) flags.emplace(dashes + 1, end);

  static Arguments arguments;  // LLVM keeps pointers to it
  if (!cl::ParseCommandLineOptions(static_cast<int>(dashes - argv), argv, "", &llvm::errs())) return std::nullopt;
  if (arguments.headers.empty()) {
    complain_of(std::string("no header to ") + purpose + "; try: " + example);
    return std::nullopt;
  }
  if (arguments.verbose) spdlog::set_level(spdlog::level::info);
  std::optional<AnalysisOptions> analysis = analysis_from(arguments, std::move(flags));
  if (!analysis) return std::nullopt;
  return Common{arguments, std::move(*analysis)};
}

/// "maybe-result,maybe-out:2" as which fix of which rule; nothing if one of them is wrong.
std::optional<std::map<std::string, std::size_t>> fixes_from(llvm::StringRef list) {
  std::map<std::string, std::size_t> fixes;
  llvm::SmallVector<llvm::StringRef> items;
  list.split(items, ',', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  for (const llvm::StringRef item : items) {
    const auto [id, number_text] = item.split(':');
    std::size_t number = 1;
    const bool is_number = !item.contains(':') || (!number_text.getAsInteger(10, number) && number > 0);
    if (find_rule(std::string_view(id)) == nullptr || !is_number) {
      complain_of(is_number ? "--fix: " + no_such_rule(std::string_view(id))
                            : "--fix: '" + number_text.str() + "' is not the number of a fix; the first is 1");
      return std::nullopt;
    }
    fixes[id.str()] = number;
  }
  return fixes;
}

/// Interfaces first: what --set means may be in one of them.
std::optional<std::vector<Annotation>> annotations_from(const Arguments& arguments) {
  std::vector<std::string> orders;
  for (const std::string& each : arguments.add_interface) orders.push_back(each + "=interface");
  orders.insert(orders.end(), arguments.set.begin(), arguments.set.end());
  std::vector<Annotation> annotations;
  for (const std::string& each : orders) {
    Parsed<Annotation> parsed = parse_annotation(each);
    if (!parsed.value) {
      complain_of("--set: " + parsed.problem);
      return std::nullopt;
    }
    annotations.push_back(std::move(*parsed.value));
  }
  return annotations;
}

std::optional<std::vector<NewInterface>> new_interfaces_from(const Arguments& arguments) {
  std::vector<NewInterface> orders;
  for (const std::string& each : arguments.extract_interface) {
    Parsed<NewInterface> parsed = parse_new_interface(each);
    if (!parsed.value) {
      complain_of("--extract-interface: " + parsed.problem);
      return std::nullopt;
    }
    orders.push_back(std::move(*parsed.value));
  }
  return orders;
}

}  // namespace

bool wants_help(int argc, char** argv) {
  for (int index = 1; index < argc && llvm::StringRef(argv[index]) != "--"; ++index)
    if (llvm::is_contained({"--help", "-help", "-h"}, llvm::StringRef(argv[index]))) return true;
  return false;
}

std::optional<GenerateOptions> read_generate_options(int argc, char** argv) {
  std::optional<Common> common = read_common(argc, argv, "generate from", "farcall generate thermostat.h");
  if (!common) return std::nullopt;
  const Arguments& arguments = common->arguments;
  const std::optional<ReportOptions> report = report_from(arguments);
  if (!report) return std::nullopt;
  const bool prints = arguments.check || arguments.print != Product::files;
  if (prints && report->format == Format::sarif && report->output.empty()) {
    complain_of("--check and --print write to stdout, so --format=sarif needs --output=<file>");
    return std::nullopt;
  }
  RunOptions& run = common->analysis.run;
  run.artefacts = {.code = arguments.emit.empty() || llvm::is_contained(arguments.emit, Emit::cpp),
                   .contract = arguments.freeze || llvm::is_contained(arguments.emit, Emit::json),
                   .proto = llvm::is_contained(arguments.emit, Emit::proto),
                   .mock = llvm::is_contained(arguments.emit, Emit::mock)};
  run.accept_breaking = arguments.accept_breaking;
  return GenerateOptions{
      .analysis = std::move(common->analysis),
      .report = *report,
      .out_dir = arguments.out_dir.getValue(),
      .product = arguments.print,
      .mode = arguments.check ? WriteMode::compare : WriteMode::write,
      .depfile = arguments.depfile.getValue(),
      .command = arguments.fresh ? std::vector<std::string>() : std::vector<std::string>(argv, argv + argc)};
}

std::optional<CheckOptions> read_check_options(int argc, char** argv) {
  std::optional<Common> common = read_common(argc, argv, "check", "farcall check thermostat.h");
  if (!common) return std::nullopt;
  const std::optional<ReportOptions> report = report_from(common->arguments);
  if (!report) return std::nullopt;
  return CheckOptions{.analysis = std::move(common->analysis), .report = *report};
}

std::optional<RewriteOptions> read_rewrite_options(int argc, char** argv) {
  std::optional<Common> common = read_common(argc, argv, "rewrite", "farcall rewrite --fix thermostat.h");
  if (!common) return std::nullopt;
  const Arguments& arguments = common->arguments;
  std::optional<std::vector<Annotation>> annotations = annotations_from(arguments);
  std::optional<std::vector<NewInterface>> new_interfaces = new_interfaces_from(arguments);
  if (!annotations || !new_interfaces) return std::nullopt;
  const bool fix = arguments.fix.getNumOccurrences() != 0;
  if (!fix && annotations->empty() && new_interfaces->empty()) {
    complain_of("nothing says what to rewrite; try: farcall rewrite --fix " + arguments.headers.front());
    return std::nullopt;
  }
  std::optional<std::map<std::string, std::size_t>> fixes = fixes_from(arguments.fix.getValue());
  if (!fixes) return std::nullopt;
  return RewriteOptions{.analysis = std::move(common->analysis),
                        .annotations = std::move(*annotations),
                        .new_interfaces = std::move(*new_interfaces),
                        .fix = fix,
                        .fixes = std::move(*fixes),
                        .dry_run = arguments.dry_run,
                        .export_fixes = arguments.export_fixes.getValue()};
}

}  // namespace farcall
