#include "lsp/file_edits.h"

#include <algorithm>
#include <map>

#include "output/file.h"
#include "output/fixes.h"

namespace farcall::lsp {
namespace {

/// Whether a file is still as it was when it was analysed.
bool is_unchanged(const SourceFile& file, const Workspace& workspace) {
  if (const std::optional<Document> open = workspace.document(file.path)) return open->text == file.text;
  return read_file(file.path).contents == file.text;
}

}  // namespace

std::optional<std::vector<FileEdits>> edits_of(const Fix& fix, const SourceFiles& sources, const Workspace& workspace) {
  std::map<std::string, FileEdits> by_path;
  for (const Edit& edit : fix.edits) {
    const SourceFile& file = sources.at(edit.where.file);
    FileEdits& edits = by_path[file.path];
    if (edits.path.empty()) {
      if (!is_unchanged(file, workspace)) return std::nullopt;
      edits.path = file.path;
      if (const std::optional<Document> open = workspace.document(file.path)) edits.version = open->version;
    }
    edits.edits.push_back(
        {TextLines(file.text).range_of(edit.where.begin, edit.where.end), with_line_ends_of(file.text, edit.text)});
  }
  std::vector<FileEdits> all;
  for (auto& [path, edits] : by_path) all.push_back(std::move(edits));
  return all;
}

FileEdits edits_to(const std::string& text, const std::string& path, const Document& document) {
  const std::string& old = document.text;
  const std::size_t shorter = std::min(old.size(), text.size());
  std::size_t before = 0;  // bytes that stay, cut down to whole lines
  while (before < shorter && old[before] == text[before]) ++before;
  before = old.substr(0, before).rfind('\n') + 1;
  std::size_t behind = 0;
  while (behind < shorter - before && old[old.size() - behind - 1] == text[text.size() - behind - 1]) ++behind;
  const std::size_t line = old.find('\n', old.size() - behind);
  behind = line == std::string::npos ? 0 : old.size() - line - 1;
  const auto begin = static_cast<std::uint32_t>(before);
  const auto end = static_cast<std::uint32_t>(old.size() - behind);
  return {.path = path,
          .version = document.version,
          .edits = {{TextLines(old).range_of(begin, end), text.substr(before, text.size() - behind - before)}}};
}

}  // namespace farcall::lsp
