// Changes for others to make: the YAML that clang-apply-replacements reads, as clang-tidy exports it.
//
//   write({.path = "fixes.yaml", .contents = fixes_yaml(analysis)});
#pragma once

#include <map>
#include <string>

#include "driver/analysis.h"

namespace farcall {

/// Findings and their fixes. Of fixes that overlap only the first is there, as otherwise none would be applied.
std::string fixes_yaml(const Analysis& analysis);

struct Exported {
  std::string yaml;
  std::string problem;  ///< why there is none: YAML holds nothing but Unicode
};

/// What turns the files on disk into these texts, by absolute path: the lines that differ.
Exported changes_yaml(const std::map<std::string, std::string>& texts);

}  // namespace farcall
