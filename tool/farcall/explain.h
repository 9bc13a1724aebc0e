// `farcall explain`: the pages of the rules.
#pragma once

#include "driver/exit_code.h"

namespace farcall {

/// `argv[1]` is "explain".
ExitCode explain(int argc, char** argv);

}  // namespace farcall
