// Fixes that go together: as many as do not touch each other's places, applied to the texts they were made for.
//
//   FixSet fixes;
//   for (const Finding& finding : findings)
//     if (!finding.fixes.empty()) fixes.add(finding.fixes.front(), sources);
//   for (const auto& [path, text] : fixes.apply()) …
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/finding.h"
#include "model/source.h"

namespace farcall {

/// What is written into a file, with lines that end as the first one of `file` does.
std::string with_line_ends_of(const std::string& file, const std::string& written);

/// The blanks that the line of a place begins with, as far as they stand before it.
std::string indentation_at(std::size_t place, std::string_view text);

/// The first fix of a finding that changes this file alone; null: there is none.
const Fix* fix_within(const Finding& finding, std::string_view path);

class FixSet {
 public:
  enum class Answer : std::uint8_t {
    taken,     ///< it is in the set, perhaps since before
    overlaps,  ///< it changes, or inserts at, a place that another one in the set changes
  };

  /// All of a fix or nothing. What it inserts gets the line ends of the file. `sources` has the files of its edits, and
  /// is always the same for one path.
  Answer add(const Fix& fix, const SourceFiles& sources);

  /// The new texts of all files that change, by absolute path.
  [[nodiscard]] std::map<std::string, std::string> apply() const;

 private:
  struct Change {
    std::uint32_t begin;
    std::uint32_t end;
    std::string text;
    bool operator==(const Change&) const = default;
  };
  struct File {
    std::string text;
    std::vector<Change> changes;
  };
  [[nodiscard]] bool overlaps(const std::string& path, const Change& change) const;
  [[nodiscard]] bool has(const std::string& path, const Change& change) const;

  std::map<std::string, File> files_;
};

}  // namespace farcall
