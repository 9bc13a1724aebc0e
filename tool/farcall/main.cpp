// The command line: finds the command and hands over. What commands do is in lib/driver.

#include <clang/Basic/Version.h>
#include <llvm/ADT/StringRef.h>
#include <llvm/Support/raw_ostream.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <array>
#include <exception>

#include "compat_options.h"
#include "explain.h"
#include "help.h"
#include "lsp/serve.h"
#include "model/nearest.h"
#include "options.h"

namespace {

using farcall::ExitCode;

/// A command that reads its arguments with `read` and does its work with `run`.
template <auto read, auto run>
ExitCode on_headers(int argc, char** argv) {
  const auto options = read(argc, argv);
  return options ? run(*options, llvm::outs(), llvm::errs()) : ExitCode::usage;
}

/// Clients that know several ways to talk to a server say --stdio, the only one there is here.
ExitCode lsp(int argc, char** argv) {
  for (int index = 2; index < argc; ++index) {
    if (llvm::StringRef(argv[index]) == "--stdio") continue;
    farcall::complain(llvm::errs(),
                      std::string("lsp has no option '") + argv[index] + "'; the editor sends its settings");
    return ExitCode::usage;
  }
  return static_cast<ExitCode>(farcall::lsp::serve());
}

struct Command {
  std::string_view name;
  std::string (*help)();
  ExitCode (*run)(int argc, char** argv);
};

constexpr std::array commands = {
    Command{"generate", farcall::generate_help, on_headers<farcall::read_generate_options, farcall::generate>},
    Command{"check", farcall::check_help, on_headers<farcall::read_check_options, farcall::check_headers>},
    Command{"rewrite", farcall::rewrite_help, on_headers<farcall::read_rewrite_options, farcall::rewrite>},
    Command{"compat", farcall::compat_help, on_headers<farcall::read_compat_options, farcall::compat>},
    Command{"explain", farcall::explain_help, farcall::explain},
    Command{"lsp", farcall::lsp_help, lsp},
};

/// The command that a wrong word most likely means, or that it begins.
std::string_view meant_by(std::string_view word) {
  std::array<std::string_view, commands.size()> names;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    names[i] = commands[i].name;
    if (names[i].starts_with(word)) return names[i];
  }
  return farcall::nearest(word, names);
}

ExitCode unknown_command(llvm::StringRef command) {
  llvm::errs() << "farcall: error: '" << command << "' is not a command";
  const std::string_view meant = meant_by(std::string_view(command));
  if (command.contains('.') || command.contains('/'))
    llvm::errs() << "; did you mean: farcall generate " << command << "?\n";
  else if (meant.empty())
    llvm::errs() << "; 'farcall --help' lists them\n";
  else
    llvm::errs() << "; did you mean '" << meant << "'?\n";
  return ExitCode::usage;
}

ExitCode run(int argc, char** argv) {
  if (argc < 2) {
    llvm::errs() << farcall::overview();
    return ExitCode::usage;
  }
  const llvm::StringRef name = argv[1];
  for (const Command& command : commands) {
    if (command.name != std::string_view(name)) continue;
    if (!farcall::wants_help(argc, argv)) return command.run(argc, argv);
    llvm::outs() << command.help();
    return ExitCode::ok;
  }
  if (name == "--help" || name == "-h" || name == "help") {
    llvm::outs() << farcall::overview();
    return ExitCode::ok;
  }
  if (name == "--version") {
    llvm::outs() << "farcall " FARCALL_VERSION " (with Clang " CLANG_VERSION_STRING ")\n";
    return ExitCode::ok;
  }
  return unknown_command(name);
}

}  // namespace

int main(int argc, char** argv) {
  spdlog::set_default_logger(spdlog::stderr_logger_mt("farcall"));
  spdlog::set_pattern("farcall: %v");
  spdlog::set_level(spdlog::level::warn);
  try {
    return static_cast<int>(run(argc, argv));
  } catch (const std::exception& error) {
    llvm::errs() << "farcall: internal error: " << error.what() << "\n";
    return static_cast<int>(ExitCode::usage);
  }
}
