// In which lines two texts differ. Lines that occur once on both sides anchor the comparison (patience), which keeps
// methods and braces together and needs no more than n log n.
//
//   const Lines before = split_lines(old_text), after = split_lines(new_text);
//   for (const LineChange& change : changes_between(before, after)) …
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace farcall {

/// With their newlines, so that a last line without one differs from one with it.
using Lines = std::vector<std::string_view>;

Lines split_lines(std::string_view text);

struct LineRange {
  std::size_t begin;
  std::size_t end;
};

/// One stretch of lines that differ.
struct LineChange {
  LineRange before;
  LineRange after;
};

/// In their order. Between two of them are lines that both sides have.
std::vector<LineChange> changes_between(const Lines& before, const Lines& after);

}  // namespace farcall
