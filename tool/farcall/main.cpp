// The command line: finds the command and hands over. What commands do is in lib/driver.

#include <clang/Basic/Version.h>
#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringRef.h>
#include <llvm/Support/raw_ostream.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <exception>

#include "compat_options.h"
#include "options.h"

namespace {

using farcall::ExitCode;

constexpr const char* overview = R"(Farcall turns an annotated C++ header into a remote interface.

usage: farcall <command> [options]

Commands
  generate    write client, service and marshalling code for annotated headers
  compat      say what changed in a header since another version of it, and whom it breaks

  farcall generate thermostat.h        makes thermostat.rpc.h and thermostat.rpc.cpp
  farcall generate --help              tells about its options

Options
  --help      this text
  --version   versions of Farcall and of the Clang in it
)";

ExitCode generate(int argc, char** argv) {
  if (farcall::wants_help(argc, argv)) {
    llvm::outs() << farcall::generate_help;
    return ExitCode::ok;
  }
  const std::optional<farcall::GenerateOptions> options = farcall::read_generate_options(argc, argv);
  return options ? farcall::generate(*options, llvm::outs(), llvm::errs()) : ExitCode::usage;
}

ExitCode compat(int argc, char** argv) {
  if (farcall::wants_help(argc, argv)) {
    llvm::outs() << farcall::compat_help;
    return ExitCode::ok;
  }
  const std::optional<farcall::CompatOptions> options = farcall::read_compat_options(argc, argv);
  return options ? farcall::compat(*options, llvm::outs(), llvm::errs()) : ExitCode::usage;
}

ExitCode unknown_command(llvm::StringRef command) {
  llvm::errs() << "farcall: error: '" << command << "' is not a command";
  const bool is_file = command.contains('.') || command.contains('/');
  if (is_file) {
    llvm::errs() << "; did you mean: farcall generate " << command << "?\n";
  } else {
    constexpr llvm::StringRef commands[] = {"generate", "compat"};
    const auto* const close = llvm::find_if(commands, [&](llvm::StringRef known) {
      return known.starts_with(command) || command.edit_distance(known) <= known.size() / 3;
    });
    if (close != std::end(commands))
      llvm::errs() << "; did you mean '" << *close << "'?\n";
    else
      llvm::errs() << "; 'farcall --help' lists them\n";
  }
  return ExitCode::usage;
}

ExitCode run(int argc, char** argv) {
  if (argc < 2) {
    llvm::errs() << overview;
    return ExitCode::usage;
  }
  const llvm::StringRef command = argv[1];
  if (command == "generate") return generate(argc, argv);
  if (command == "compat") return compat(argc, argv);
  if (command == "--help" || command == "-h" || command == "help") {
    llvm::outs() << overview;
    return ExitCode::ok;
  }
  if (command == "--version") {
    llvm::outs() << "farcall " FARCALL_VERSION " (with Clang " CLANG_VERSION_STRING ")\n";
    return ExitCode::ok;
  }
  return unknown_command(command);
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
