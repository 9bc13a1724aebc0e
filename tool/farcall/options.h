// The command line of `farcall generate`, read with the conventions of Clang's tools.
#pragma once

#include <optional>
#include <string>

#include "driver/generate.h"

namespace farcall {

/// What to do, or nothing if the arguments are wrong; then stderr was told. `argv[1]` is "generate".
std::optional<GenerateOptions> read_generate_options(int argc, char** argv);

/// Whether one of the arguments before `--` asks for help.
bool wants_help(int argc, char** argv);

extern const char* const generate_help;

}  // namespace farcall
