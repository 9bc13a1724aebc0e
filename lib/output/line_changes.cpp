#include "output/line_changes.h"

#include <algorithm>
#include <unordered_map>

namespace farcall {
namespace {

/// A line both sides have.
struct Match {
  std::size_t before;
  std::size_t after;
};

class Matcher {
 public:
  Matcher(const Lines& before, const Lines& after) : before_(before), after_(after) {
    match({0, before.size()}, {0, after.size()});
  }
  std::vector<Match> take() { return std::move(matches_); }

 private:
  void match(LineRange before, LineRange after) {
    while (before.begin < before.end && after.begin < after.end && before_[before.begin] == after_[after.begin])
      matches_.push_back({before.begin++, after.begin++});
    std::size_t equal = 0;
    while (before.begin < before.end && after.begin < after.end && before_[before.end - 1] == after_[after.end - 1])
      --before.end, --after.end, ++equal;
    const std::vector<Match> anchors = increasing(unique_in_both(before, after));
    for (const Match& anchor : anchors) {
      match({before.begin, anchor.before}, {after.begin, anchor.after});
      matches_.push_back(anchor);
      before.begin = anchor.before + 1;
      after.begin = anchor.after + 1;
    }
    if (!anchors.empty()) match(before, after);
    for (std::size_t i = 0; i < equal; ++i) matches_.push_back({before.end + i, after.end + i});
  }

  /// In the order of `after`.
  std::vector<Match> unique_in_both(LineRange before, LineRange after) const {
    struct Seen {
      std::size_t count_before = 0, count_after = 0, before = 0;
    };
    std::unordered_map<std::string_view, Seen> seen;
    for (std::size_t i = before.begin; i < before.end; ++i) {
      Seen& line = seen[before_[i]];
      ++line.count_before;
      line.before = i;
    }
    for (std::size_t i = after.begin; i < after.end; ++i) ++seen[after_[i]].count_after;
    std::vector<Match> matches;
    for (std::size_t i = after.begin; i < after.end; ++i) {
      const Seen& line = seen[after_[i]];
      if (line.count_before == 1 && line.count_after == 1) matches.push_back({line.before, i});
    }
    return matches;
  }

  /// The longest part of `matches` that also increases in `before`.
  static std::vector<Match> increasing(const std::vector<Match>& matches) {
    std::vector<std::size_t> ends;  // ends[n]: the match that ends the best run of n + 1
    std::vector<std::size_t> previous(matches.size());
    for (std::size_t i = 0; i < matches.size(); ++i) {
      const auto place = std::ranges::lower_bound(ends, matches[i].before, {},
                                                  [&](std::size_t match) { return matches[match].before; });
      const auto length = static_cast<std::size_t>(place - ends.begin());
      if (length > 0) previous[i] = ends[length - 1];
      if (place == ends.end())
        ends.push_back(i);
      else
        *place = i;
    }
    std::vector<Match> run(ends.size());
    std::size_t at = ends.empty() ? 0 : ends.back();
    for (std::size_t i = run.size(); i-- > 0; at = previous[at]) run[i] = matches[at];
    return run;
  }

  const Lines& before_;
  const Lines& after_;
  std::vector<Match> matches_;
};

}  // namespace

Lines split_lines(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

std::vector<LineChange> changes_between(const Lines& before, const Lines& after) {
  std::vector<Match> matches = Matcher(before, after).take();
  matches.push_back({before.size(), after.size()});
  std::vector<LineChange> changes;
  Match next{0, 0};
  for (const Match& match : matches) {
    if (match.before > next.before || match.after > next.after)
      changes.push_back({{next.before, match.before}, {next.after, match.after}});
    next = {match.before + 1, match.after + 1};
  }
  return changes;
}

}  // namespace farcall
