// The command lines of generate, check and rewrite, read with the conventions of Clang's tools.
#pragma once

#include <optional>

#include "driver/check_command.h"
#include "driver/generate.h"
#include "driver/rewrite.h"

namespace farcall {

/// What to do, or nothing if the arguments are wrong; then stderr was told. `argv[1]` is the command.
std::optional<GenerateOptions> read_generate_options(int argc, char** argv);
std::optional<CheckOptions> read_check_options(int argc, char** argv);
std::optional<RewriteOptions> read_rewrite_options(int argc, char** argv);

/// Whether one of the arguments before `--` asks for help.
bool wants_help(int argc, char** argv);

}  // namespace farcall
