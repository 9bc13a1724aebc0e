// `farcall generate`: from names of headers to files on disk, or to what would be in them.
//
//   return generate({.headers = {"thermostat.h"}, .out_dir = "gen"}, llvm::outs(), llvm::errs());
#pragma once

#include <string>
#include <vector>

#include "driver/commands.h"

namespace llvm {
class raw_ostream;
}

namespace farcall {

enum class Product : std::uint8_t {
  files,
  contract,  ///< printed: what the headers say
  plan,      ///< printed: what was decided from it
};

enum class WriteMode : std::uint8_t {
  write,
  compare,  ///< nothing is written; a difference is printed and fails
};

struct GenerateOptions {
  std::vector<std::string> headers;
  FlagOptions flags;
  std::string out_dir;  ///< empty: beside each header
  Product product = Product::files;
  WriteMode mode = WriteMode::write;
  bool code = true;              ///< the generated header and source
  bool freeze = false;           ///< the frozen contract, also where there was none; one that exists is kept up to date
  bool proto = false;            ///< a .proto
  std::string contract;          ///< where the frozen contract is; empty: beside the header or in `out_dir`
  bool accept_breaking = false;  ///< changes may break what the frozen contract promises
  std::string depfile;           ///< empty: none
  unsigned jobs = 1;             ///< runs of Clang at once
  bool quiet = false;            ///< errors only
  bool color = false;
  unsigned columns = 0;  ///< of the terminal that shows diagnostics; 0: lines are never wrapped
  bool progress = false;
};

/// What a shell sees.
enum class ExitCode : std::uint8_t {
  ok = 0,
  findings = 1,  ///< an error in a header, or a difference
  usage = 2,     ///< wrong arguments, or files that cannot be read or written
};

/// Products go to `out`, diagnostics to `err`. If one header has an error, nothing is written for any.
ExitCode generate(const GenerateOptions& options, llvm::raw_ostream& out, llvm::raw_ostream& err);

}  // namespace farcall
