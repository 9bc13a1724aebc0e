// A unified diff. Lines that occur once on both sides anchor it (patience), which keeps methods and braces together
// and needs no more than n log n.
#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "output/file.h"
#include "output/output.h"

namespace farcall {
namespace {

using Lines = std::vector<std::string_view>;

/// Lines with their newline, so that a last line without one differs from one with it.
Lines split(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

struct Range {
  std::size_t begin;
  std::size_t end;
};

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
  void match(Range before, Range after) {
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
  std::vector<Match> unique_in_both(Range before, Range after) const {
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

/// One stretch of lines that differ; matches are what lies between them.
struct Change {
  Range before;
  Range after;
};

std::vector<Change> changes_between(const Lines& before, const Lines& after) {
  std::vector<Match> matches = Matcher(before, after).take();
  matches.push_back({before.size(), after.size()});
  std::vector<Change> changes;
  Match next{0, 0};
  for (const Match& match : matches) {
    if (match.before > next.before || match.after > next.after)
      changes.push_back({{next.before, match.before}, {next.after, match.after}});
    next = {match.before + 1, match.after + 1};
  }
  return changes;
}

constexpr std::size_t context = 3;

std::string numbers(Range range) {
  const std::size_t count = range.end - range.begin;
  const std::size_t first = count == 0 ? range.begin : range.begin + 1;
  return std::to_string(first) + (count == 1 ? "" : "," + std::to_string(count));
}

void put(std::string& text, char mark, const Lines& lines, Range range) {
  for (std::size_t i = range.begin; i < range.end; ++i) {
    text += mark;
    text += lines[i];
    if (!lines[i].ends_with('\n')) text += "\n\\ No newline at end of file\n";
  }
}

using Changes = std::vector<Change>::const_iterator;

/// Changes [first, last), which lie so close that their contexts touch.
std::string hunk(const Lines& before, const Lines& after, Changes first, Changes last) {
  const std::size_t lead = std::min(context, first->before.begin);
  const std::size_t tail = std::min(context, before.size() - std::prev(last)->before.end);
  const Range old_range{first->before.begin - lead, std::prev(last)->before.end + tail};
  const Range new_range{first->after.begin - lead, std::prev(last)->after.end + tail};
  std::string text = "@@ -" + numbers(old_range) + " +" + numbers(new_range) + " @@\n";
  std::size_t at = old_range.begin;
  for (auto change = first; change != last; ++change) {
    put(text, ' ', before, {at, change->before.begin});
    put(text, '-', before, change->before);
    put(text, '+', after, change->after);
    at = change->before.end;
  }
  put(text, ' ', before, {at, old_range.end});
  return text;
}

}  // namespace

Difference difference(const GeneratedFile& file) {
  const FileContents on_disk = read_file(file.path);
  if (!on_disk.error.empty()) return {{}, "cannot read '" + file.path + "': " + on_disk.error};
  if (on_disk.contents == file.contents) return {};
  const std::string old_text = on_disk.contents.value_or("");
  const Lines before = split(old_text);
  const Lines after = split(file.contents);
  std::string text = "--- " + (on_disk.contents ? file.path : "/dev/null") + "\n+++ " + file.path + "\n";
  const std::vector<Change> changes = changes_between(before, after);
  for (auto first = changes.begin(); first != changes.end();) {
    auto last = std::next(first);
    while (last != changes.end() && last->before.begin - std::prev(last)->before.end <= 2 * context) ++last;
    text += hunk(before, after, first, last);
    first = last;
  }
  return {std::move(text), {}};
}

}  // namespace farcall
