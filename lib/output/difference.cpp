#include <algorithm>
#include <string_view>

#include "output/file.h"
#include "output/line_changes.h"
#include "output/output.h"

namespace farcall {
namespace {

constexpr std::size_t context = 3;

std::string numbers(LineRange range) {
  const std::size_t count = range.end - range.begin;
  const std::size_t first = count == 0 ? range.begin : range.begin + 1;
  return std::to_string(first) + (count == 1 ? "" : "," + std::to_string(count));
}

void put(std::string& text, char mark, const Lines& lines, LineRange range) {
  for (std::size_t i = range.begin; i < range.end; ++i) {
    text += mark;
    text += lines[i];
    if (!lines[i].ends_with('\n')) text += "\n\\ No newline at end of file\n";
  }
}

using Changes = std::vector<LineChange>::const_iterator;

/// Changes [first, last), which lie so close that their contexts touch.
std::string hunk(const Lines& before, const Lines& after, Changes first, Changes last) {
  const std::size_t lead = std::min(context, first->before.begin);
  const std::size_t tail = std::min(context, before.size() - std::prev(last)->before.end);
  const LineRange old_range{first->before.begin - lead, std::prev(last)->before.end + tail};
  const LineRange new_range{first->after.begin - lead, std::prev(last)->after.end + tail};
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
  const Lines before = split_lines(old_text);
  const Lines after = split_lines(file.contents);
  std::string text = "--- " + (on_disk.contents ? file.path : "/dev/null") + "\n+++ " + file.path + "\n";
  const std::vector<LineChange> changes = changes_between(before, after);
  for (auto first = changes.begin(); first != changes.end();) {
    auto last = std::next(first);
    while (last != changes.end() && last->before.begin - std::prev(last)->before.end <= 2 * context) ++last;
    text += hunk(before, after, first, last);
    first = last;
  }
  return {std::move(text), {}};
}

}  // namespace farcall
