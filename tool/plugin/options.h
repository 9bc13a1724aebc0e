// What is said to the plugin on the compiler's command line.
//
//   clang++ -fplugin=FarcallPlugin.so -fplugin-arg-farcall-out=gen -fplugin-arg-farcall-Wno-platform-type …
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "driver/outcome.h"

namespace farcall::plugin {

enum class Print : std::uint8_t { nothing, contract, plan };

struct Options {
  RunOptions run;
  bool check = false;  ///< compare with what is on disk instead of writing
  Print print = Print::nothing;
};

/// `arguments` are those behind `-fplugin-arg-farcall-`. Returns what is wrong with one of them, or nothing.
std::string read(const std::vector<std::string>& arguments, Options& options);

}  // namespace farcall::plugin
