// Places in the user's source, as plain integers: they outlive the compiler that found them, and any
// renderer (Clang diagnostics, SARIF, an editor) can turn them back into its own kind of position.
//
//   SourceRef at{.file = "thermostat.h", .begin = 120, .end = 124, .line = 9, .column = 3};
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace farcall {

/// A half-open range of bytes of one file. `line` and `column` (both from 1, the column in bytes) say where
/// `begin` is, for renderers that do not have the file at hand. An empty file name means "no place known".
struct SourceRef {
  std::string file;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  bool operator==(const SourceRef&) const = default;
  [[nodiscard]] bool known() const { return !file.empty(); }
  [[nodiscard]] bool lies_in(const SourceRef& outer) const {
    return file == outer.file && outer.begin <= begin && end <= outer.end;
  }
};

/// A replacement of the bytes `[where.begin, where.end)` by `text`. An empty range inserts.
struct Edit {
  SourceRef where;
  std::string text;

  bool operator==(const Edit&) const = default;
};

/// A file as it was when it was parsed.
struct SourceFile {
  std::string path;  ///< absolute
  std::string text;
  bool operator==(const SourceFile&) const = default;
};

/// By the names that SourceRefs have for them.
using SourceFiles = std::map<std::string, SourceFile>;

}  // namespace farcall
