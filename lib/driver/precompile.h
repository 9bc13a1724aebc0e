// Clang's part of a preamble: writes the includes that a header begins with into a precompiled header.
#pragma once

#include <optional>
#include <string>

#include "driver/commands.h"
#include "driver/include_graph.h"

namespace clang {
class CompilerInvocation;
}

namespace farcall {

/// The made-up file that a preamble is made from.
inline constexpr const char* preamble_name = "farcall-preamble.h";

/// Parses `includes`, lines `#include <…>`, with the flags of the job and writes them precompiled to `file`. Says who
/// includes whom; nothing, and no file, if that cannot be done without a loss: Clang found an error, a header asks for
/// the time, or the flags include something by themselves. All that it depends on is added to `facts`.
std::optional<IncludeNames> precompile(const ParseJob& job, const std::string& includes, const std::string& file,
                                       Facts& facts);

/// Whether the flags leave the beginning of a parse to a precompiled header.
bool can_begin_precompiled(const clang::CompilerInvocation& invocation);

}  // namespace farcall
