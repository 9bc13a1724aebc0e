// All of Farcall's steps for one header, on one screen. The command line and the compiler plugin both come here.
//
//   Outcome outcome = run(compiler.getSema(), watcher, {.file = header, .name = "thermostat.h"}, options);
//   for (const GeneratedFile& file : outcome.files) write(file);
#pragma once

#include "driver/outcome.h"
#include "frontend/extract.h"

namespace farcall {

/// Reports what check finds, and which promises are broken, through the compiler's own diagnostics. Touches no file.
Outcome run(clang::Sema& sema, const AttributeWatcher& watcher, Header header, const RunOptions& options);

}  // namespace farcall
