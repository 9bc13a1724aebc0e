// `farcall compat`: what changed in a header since another version of it, and whom it breaks.
//
//   return compat({.header = "thermostat.h", .against = "v1.2"}, llvm::outs(), llvm::errs());
#pragma once

#include <string>

#include "compat/compare.h"
#include "driver/commands.h"
#include "driver/exit_code.h"

namespace llvm {
class raw_ostream;
}

namespace farcall {

enum class ChangeFormat : std::uint8_t { text, json };

struct CompatOptions {
  std::string header;
  std::string against;   ///< a frozen contract, another version of the header, or a revision of git
  std::string contract;  ///< where the frozen contract of `header` is; empty: beside it
  FlagOptions flags;
  CompatLevel level = CompatLevel::wire;
  ChangeFormat format = ChangeFormat::text;
  bool color = false;
};

/// Changes go to `out`. `findings` if one of them is breaking; `usage` also if one of the versions has errors.
ExitCode compat(const CompatOptions& options, llvm::raw_ostream& out, llvm::raw_ostream& err);

}  // namespace farcall
