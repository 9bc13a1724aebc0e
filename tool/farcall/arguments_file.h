// Arguments out of a file: `@thermostat.args` stands for what is in there, one argument on each line, just as it is.
// Build systems write them, and see by the file whether they have changed.
//
//   std::optional<std::vector<std::string>> all = with_files({"generate", "@thermostat.args"}, problem);
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace farcall {

/// Empty lines do not count. A file that cannot be read gives nothing, and a `problem` to tell.
std::optional<std::vector<std::string>> with_files(const std::vector<std::string>& arguments, std::string& problem);

}  // namespace farcall
