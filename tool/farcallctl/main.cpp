// The command line: finds the command, and says what went wrong.
#include <algorithm>
#include <exception>
#include <iostream>

#include "commands.h"
#include "help.h"
#include "remote.h"
#include "values/suggest.h"
#include "values/text.h"

namespace {

using namespace farcall::ctl;

enum ExitCode { ok = 0, failed = 1, usage = 2 };

int unknown_command(const std::string& name) {
  throw UsageError("'" + name + "' is no command" + instead_of(name, command_names()));
}

bool wants_help(std::span<const std::string> words) {
  const auto end = std::ranges::find(words, "--");
  return std::find_if(words.begin(), end, [](const std::string& each) { return each == "--help" || each == "-h"; }) !=
         end;
}

int run_command(const Command& command, std::span<const std::string> words) {
  if (wants_help(words)) {
    std::cout << command.help;
  } else {
    command.run(read_arguments(words, command.options));
  }
  return std::cout.flush() ? ok : failed;
}

int run(std::span<const std::string> words) {
  if (words.empty()) {
    std::cerr << overview();
    return usage;
  }
  const std::string& name = words.front();
  const std::span<const std::string> rest = words.subspan(1);
  if (name == "__complete") {
    std::cout << complete(rest);
  } else if (name == "--help" || name == "-h" || name == "help") {
    std::cout << overview();
  } else if (name == "--version") {
    std::cout << "farcallctl " FARCALL_VERSION "\n";
  } else if (const Command* const sub = rest.empty() ? nullptr : find_command(name + " " + rest[0]); sub != nullptr) {
    return run_command(*sub, rest.subspan(1));
  } else if (const Command* const command = find_command(name); command != nullptr) {
    return run_command(*command, rest);
  } else {
    return unknown_command(name);
  }
  return std::cout.flush() ? ok : failed;
}

int complain(const std::exception& error, ExitCode code) {
  std::cerr << "farcallctl: error: " << printable(error.what()) << "\n";
  return code;
}

}  // namespace

int main(int count, char** arguments) {
  const std::vector<std::string> words(arguments + 1, arguments + count);
  try {
    return run(words);
  } catch (const UsageError& error) {
    return complain(error, usage);
  } catch (const std::exception& error) {
    return complain(error, failed);
  }
}
