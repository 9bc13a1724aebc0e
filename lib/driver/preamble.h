// What a header includes first, mostly the standard library, as a precompiled header in the user's cache folder: of a
// header that has changed, only what is its own is parsed again. Decision 0045 says when that may be done.
//
//   const std::optional<Preamble> preamble = preamble_of(job, texts, Preambles::find);
//   parse(job, {.preamble = preamble ? &*preamble : nullptr}, …)
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "driver/commands.h"
#include "driver/include_graph.h"

namespace llvm {
class MemoryBuffer;
}

namespace farcall {

enum class Preambles : std::uint8_t {
  none,
  find,  ///< use what an earlier run made
  make,  ///< make what is not there, or is not true any more: takes a third of a parse longer, once
};

struct Preamble {
  std::string text;  ///< lines `#include <…>`
  std::string path;  ///< of the precompiled header
  std::shared_ptr<const llvm::MemoryBuffer> contents;
  IncludeNames includes;
  Facts facts;  ///< what it depends on
};

/// For the first header of a job. None where there is nothing to precompile, no cache folder, or one of the `texts`, by
/// absolute path and read instead of what is on disk, would be part of it.
std::optional<Preamble> preamble_of(const ParseJob& job, const std::map<std::string, std::string>& texts,
                                    Preambles which);

}  // namespace farcall
