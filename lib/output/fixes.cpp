#include "output/fixes.h"

#include <algorithm>

namespace farcall {

std::string with_line_ends_of(const std::string& file, const std::string& written) {
  const std::size_t end = file.find('\n');
  if (end == std::string::npos || end == 0 || file[end - 1] != '\r') return written;
  std::string made;
  for (const char each : written) {
    if (each == '\n' && !made.ends_with('\r')) made += '\r';
    made += each;
  }
  return made;
}

std::string indentation_at(std::size_t place, std::string_view text) {
  const std::size_t begin = text.substr(0, place).rfind('\n') + 1;
  const std::size_t end = std::min(text.find_first_not_of(" \t", begin), place);
  return std::string(text.substr(begin, end - begin));
}

const Fix* fix_within(const Finding& finding, std::string_view path) {
  const auto is_within = [&](const Fix& fix) {
    return std::ranges::all_of(fix.edits, [&](const Edit& edit) { return edit.where.file == path; });
  };
  const auto found = std::ranges::find_if(finding.fixes, is_within);
  return found == finding.fixes.end() ? nullptr : &*found;
}

bool FixSet::has(const std::string& path, const Change& change) const {
  const auto file = files_.find(path);
  return file != files_.end() && std::ranges::find(file->second.changes, change) != file->second.changes.end();
}

/// Ranges that only touch go together, unless one is an insertion: nothing says on which side of the other it belongs.
bool FixSet::overlaps(const std::string& path, const Change& change) const {
  const auto file = files_.find(path);
  if (file == files_.end()) return false;
  return std::ranges::any_of(file->second.changes, [&](const Change& other) {
    const bool touch = change.begin <= other.end && other.begin <= change.end;
    const bool meet = change.begin < other.end && other.begin < change.end;
    const bool inserts = change.begin == change.end || other.begin == other.end;
    return meet || (touch && inserts);
  });
}

FixSet::Answer FixSet::add(const Fix& fix, const SourceFiles& sources) {
  std::vector<std::pair<const SourceFile*, Change>> changes;
  for (const Edit& edit : fix.edits)
    changes.emplace_back(&sources.at(edit.where.file), Change{edit.where.begin, edit.where.end, edit.text});
  for (auto& [source, change] : changes) change.text = with_line_ends_of(source->text, change.text);
  const auto is_known = [&](const auto& each) { return has(each.first->path, each.second); };
  if (std::ranges::all_of(changes, is_known)) return Answer::taken;
  const auto is_in_the_way = [&](const auto& each) { return overlaps(each.first->path, each.second); };
  if (std::ranges::any_of(changes, is_in_the_way)) return Answer::overlaps;
  for (auto& [source, change] : changes) {
    File& file = files_[source->path];
    if (file.changes.empty()) file.text = source->text;
    file.changes.push_back(std::move(change));
  }
  return Answer::taken;
}

std::map<std::string, std::string> FixSet::apply() const {
  std::map<std::string, std::string> texts;
  for (const auto& [path, file] : files_) {
    std::vector<Change> changes = file.changes;
    std::ranges::sort(changes, std::ranges::greater(), &Change::begin);
    std::string& text = texts[path] = file.text;
    for (const Change& change : changes) text.replace(change.begin, change.end - change.begin, change.text);
  }
  return texts;
}

}  // namespace farcall
