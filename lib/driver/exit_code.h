// What a shell sees of a command.
#pragma once

#include <cstdint>

namespace farcall {

enum class ExitCode : std::uint8_t {
  ok = 0,
  findings = 1,  ///< an error in a header, or a difference
  usage = 2,     ///< wrong arguments, or files that cannot be read or written
};

}  // namespace farcall
