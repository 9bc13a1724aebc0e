// What runs as `farcall`: it answers at once when a run of `farcall generate` would change nothing, and hands over to
// farcall-clang otherwise. That takes a tenth of a second only to load.

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "arguments_file.h"
#include "stamp/stamp.h"

namespace {

constexpr int usage = 2;  // ExitCode::usage

int complain(const std::string& text) {
  std::fprintf(stderr, "farcall: error: %s\n", text.c_str());
  return usage;
}

std::filesystem::path clang_program() {
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe");
  return (self.parent_path() / "../libexec/farcall/farcall-clang").lexically_normal();
}

/// Whether this option stands before the flags of the compiler.
bool has(const std::vector<std::string>& arguments, const std::string& option) {
  const auto flags = std::ranges::find(arguments, "--");
  return std::find(arguments.begin(), flags, option) != flags;
}

/// Whether the run has nothing to do, and what it would print has been printed.
bool is_answered(const std::vector<std::string>& arguments, const std::string& program) {
  if (arguments.size() < 2 || arguments[1] != "generate" || has(arguments, "--fresh")) return false;
  std::string why_not;
  const auto stamp = farcall::true_stamp(farcall::command_of(arguments, program), why_not);
  const bool is_verbose = has(arguments, "--verbose");
  if (stamp) std::fputs(stamp->printed.c_str(), stderr);
  if (is_verbose && stamp) std::fputs("farcall: nothing has changed since the last run\n", stderr);
  if (is_verbose && !stamp) std::fprintf(stderr, "farcall: not answered from a stamp: %s\n", why_not.c_str());
  return stamp.has_value();
}

int hand_over(std::vector<std::string> arguments, const std::string& program) {
  std::vector<char*> pointers;
  for (std::string& each : arguments) pointers.push_back(each.data());
  pointers.push_back(nullptr);
  execv(program.c_str(), pointers.data());
  return complain("cannot run '" + program +
                  "', which is a part of farcall: " + std::generic_category().message(errno));
}

}  // namespace

int main(int argc, char** argv) try {
  std::string problem;
  auto arguments = farcall::with_files({argv, argv + argc}, problem);
  if (!arguments) return complain(problem);
  const std::string program = clang_program();
  return is_answered(*arguments, program) ? 0 : hand_over(std::move(*arguments), program);
} catch (const std::exception& error) {
  return complain(error.what());
}
