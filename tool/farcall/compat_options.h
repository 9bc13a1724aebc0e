// The command line of `farcall compat`.
#pragma once

#include <optional>

#include "driver/compat.h"

namespace farcall {

/// What to compare, or nothing if the arguments are wrong; then stderr was told. `argv[1]` is "compat".
std::optional<CompatOptions> read_compat_options(int argc, char** argv);

}  // namespace farcall
