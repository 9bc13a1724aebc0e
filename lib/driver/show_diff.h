// Shows what would change in a file, in colours where somebody looks.
//
//   show_diff(difference(file).diff, /*color=*/true, llvm::outs());
#pragma once

#include <string_view>

namespace llvm {
class raw_ostream;
}

namespace farcall {

/// `diff` is a unified one of one file: its names are bold, places cyan, old lines red and new ones green, as in git.
void show_diff(std::string_view diff, bool color, llvm::raw_ostream& out);

}  // namespace farcall
