// Where Clang's builtin headers (stddef.h and its like) are, which every parse needs.
#pragma once

#include <string>
#include <vector>

namespace farcall {

struct ResourceDir {
  std::string path;  ///< for -resource-dir; empty: not found
  std::vector<std::string> searched;
};

/// Looks next to the tool, next to the Clang library in use, then where the tool was built.
ResourceDir find_resource_dir();

}  // namespace farcall
