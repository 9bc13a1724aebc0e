#include "driver/show_diff.h"

#include <llvm/Support/raw_ostream.h>

#include <algorithm>

namespace farcall {
namespace {

/// The escape sequence that a line begins with; empty for one that is the same on both sides.
std::string_view color_of(std::string_view line, bool is_name) {
  if (is_name) return "\x1b[1m";
  switch (line.front()) {
    case '@': return "\x1b[36m";
    case '-': return "\x1b[31m";
    case '+': return "\x1b[32m";
    default: return "";
  }
}

}  // namespace

void show_diff(std::string_view diff, bool color, llvm::raw_ostream& out) {
  for (int number = 0; !diff.empty(); ++number) {
    const std::string_view line = diff.substr(0, diff.find('\n'));
    const std::string_view begin = color && !line.empty() ? color_of(line, number < 2) : "";
    out << begin << line << (begin.empty() ? "" : "\x1b[0m") << "\n";
    diff.remove_prefix(std::min(line.size() + 1, diff.size()));
  }
}

}  // namespace farcall
