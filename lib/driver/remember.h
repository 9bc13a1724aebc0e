// Leaves a stamp of a run that went well, by which the next one with the same command sees whether it has anything to
// do.
//
//   const std::int64_t began = now_ns();
//   …
//   remember_run(options, analysis, began);
#pragma once

#include <cstdint>

#include "driver/generate.h"

namespace farcall {

/// Since 1970.
std::int64_t now_ns();

/// A file as the run made it, or found it.
void add_output(Facts& facts, const GeneratedFile& file);

/// What to do about preambles: whoever works on headers that were generated from before is going to do so again.
Preambles preambles_for(const GenerateOptions& options);

/// Only makes later runs quicker: what prevents it is told with --verbose, and no error.
void remember_run(const GenerateOptions& options, const Analysis& analysis, std::int64_t began_ns);

}  // namespace farcall
