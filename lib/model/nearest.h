// Did-you-mean: the one of several words that a misspelt one most likely stands for.
//
//   nearest("asinc", {"async", "maybe"})        // "async"; "" when none is close
#pragma once

#include <span>
#include <string_view>

namespace farcall {

/// Close: the edit distance, a swap counting as one, is at most a third of the longer word. The first of equally close
/// ones; empty when none is.
std::string_view nearest(std::string_view misspelt, std::span<const std::string_view> words);

}  // namespace farcall
