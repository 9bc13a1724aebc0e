#include "model/nearest.h"

#include <algorithm>
#include <vector>

namespace farcall {
namespace {

/// Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> steps(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        steps[i][j] = i + j;
        continue;
      }
      const std::size_t replaced = steps[i - 1][j - 1] + (a[i - 1] != b[j - 1] ? 1 : 0);
      steps[i][j] = std::min({steps[i - 1][j] + 1, steps[i][j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) steps[i][j] = std::min(steps[i][j], steps[i - 2][j - 2] + 1);
    }
  }
  return steps[a.size()][b.size()];
}

}  // namespace

std::string_view nearest(std::string_view misspelt, std::span<const std::string_view> words) {
  // A word this long is no slip of the pen, and the distance need not be worked out.
  constexpr std::size_t longest_sensible = 48;
  std::string_view found;
  if (misspelt.size() > longest_sensible) return found;
  std::size_t least = longest_sensible;
  for (const std::string_view word : words) {
    const std::size_t distance = edit_distance(misspelt, word);
    if (distance > std::max(misspelt.size(), word.size()) / 3 || distance >= least) continue;
    found = word;
    least = distance;
  }
  return found;
}

}  // namespace farcall
