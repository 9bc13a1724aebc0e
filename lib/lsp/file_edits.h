// Changes of texts as editors take them: ranges instead of places, for the versions of documents that are open.
//
//   if (std::optional<std::vector<FileEdits>> changes = edits_of(fix, sources, workspace)) offer(*changes);
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "lsp/positions.h"
#include "lsp/workspace.h"
#include "model/finding.h"
#include "model/source.h"

namespace farcall::lsp {

struct TextEdit {
  Range range;
  std::string text;
  bool operator==(const TextEdit&) const = default;
};

/// Edits in one file.
struct FileEdits {
  std::string path;
  std::optional<std::int64_t> version;  ///< of the open document; nothing: it is not open
  std::vector<TextEdit> edits;
  bool is_new = false;  ///< it is created, and is not there yet
  bool operator==(const FileEdits&) const = default;
};

/// What a fix changes in the texts that it was made for. Nothing if one of the files has another text by now.
std::optional<std::vector<FileEdits>> edits_of(const Fix& fix, const SourceFiles& sources, const Workspace& workspace);

/// From the text of a document to another one: the lines between the first and the last that differ.
FileEdits edits_to(const std::string& text, const std::string& path, const Document& document);

}  // namespace farcall::lsp
