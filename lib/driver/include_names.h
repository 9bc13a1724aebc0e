// Who includes whom by the names of files, so that it can be kept for another run.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace farcall {

struct IncludeNames {
  std::vector<std::string> direct;  ///< what the file in question includes itself, in order
  std::vector<std::pair<std::string, std::vector<std::string>>> others;  ///< a file, and what that includes
  bool operator==(const IncludeNames&) const = default;
};

/// A line for each name. Names are of one line: Facts sees to that.
std::string text_of(const IncludeNames& names);
IncludeNames read_include_names(std::string_view text);

}  // namespace farcall
