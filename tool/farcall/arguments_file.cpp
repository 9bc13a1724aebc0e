#include "arguments_file.h"

#include <cerrno>
#include <fstream>
#include <system_error>

namespace farcall {

std::optional<std::vector<std::string>> with_files(const std::vector<std::string>& arguments, std::string& problem) {
  std::vector<std::string> all;
  for (const std::string& argument : arguments) {
    if (!argument.starts_with('@')) {
      all.push_back(argument);
      continue;
    }
    errno = 0;
    std::ifstream file(argument.substr(1));
    for (std::string line; std::getline(file, line);)
      if (!line.empty()) all.push_back(std::move(line));
    if (file.eof()) continue;
    problem = "cannot read '" + argument.substr(1) +
              "': " + (errno != 0 ? std::generic_category().message(errno) : "not a file of arguments");
    return std::nullopt;
  }
  return all;
}

}  // namespace farcall
