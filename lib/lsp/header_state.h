// What one analysis found out about one text of a header: a value that nobody changes, so that any thread may look at
// it.
//
//   const std::shared_ptr<const HeaderState> state = workspace.newest(path);
//   if (state->outcome) …
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "driver/outcome.h"

namespace farcall::lsp {

/// A generated file that is not what it should be.
struct OutdatedFile {
  std::string path;
  bool is_missing = false;
  bool operator==(const OutdatedFile&) const = default;
};

struct HeaderState {
  std::string path;                    ///< absolute
  std::string text;                    ///< what was analysed
  std::int64_t version = 0;            ///< of that text, as the client counts
  std::vector<ParseError> errors;      ///< Clang's
  std::string problem;                 ///< why Clang did not even begin; empty: it did
  std::optional<Outcome> outcome;      ///< none if Clang could not parse the header
  std::vector<OutdatedFile> outdated;  ///< of outcome->files
  std::set<std::string> depends_on;    ///< files that were read or looked for
  bool depends_on_all = false;         ///< on any open document: not all that matters is known

  [[nodiscard]] bool is_good() const { return outcome.has_value(); }

  /// Whether a byte of the text is in this place, or touches it.
  [[nodiscard]] bool is_at(const SourceRef& where, std::uint32_t offset) const {
    return where.file == path && where.begin <= offset && offset <= where.end;
  }

  /// Whether it could come out differently when this file changes.
  [[nodiscard]] bool is_about(const std::string& file) const {
    const bool is_generated =
        outcome && std::ranges::find(outcome->files, file, &GeneratedFile::path) != outcome->files.end();
    return depends_on_all || depends_on.contains(file) || is_generated;
  }
};

using StatePtr = std::shared_ptr<const HeaderState>;

}  // namespace farcall::lsp
