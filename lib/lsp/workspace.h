// The documents that the client has open, and what is known about them. No JSON and no threads of its own: one thread
// tells it what the user does, another one has it analyse, which may take a second; everything is safe to call from
// both.
//
//   Workspace workspace;
//   workspace.open("/home/me/lamp.h", {.uri = uri, .text = text, .version = 1});
//   for (const std::string& header : workspace.touched_by("/home/me/lamp.h")) show(workspace.analyse(header));
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "lsp/class_changes.h"
#include "lsp/header_state.h"
#include "lsp/settings.h"

namespace farcall::lsp {

struct Document {
  std::string uri;  ///< as the client spells it
  std::string text;
  std::int64_t version = 0;
};

class Workspace {
 public:
  /// Folders in the settings are meant from `root`; an empty one is the working folder.
  void configure(const Settings& settings, const std::string& root);
  [[nodiscard]] Settings settings() const;

  void open(const std::string& path, Document document);
  /// False: it is not open.
  bool change(const std::string& path, std::string text, std::int64_t version);
  bool close(const std::string& path);
  [[nodiscard]] std::optional<Document> document(const std::string& path) const;

  /// The open headers whose analysis can come out differently when this file changes: itself, and those that include
  /// it.
  [[nodiscard]] std::vector<std::string> touched_by(const std::string& path) const;
  [[nodiscard]] std::vector<std::string> headers() const;

  /// Looks at the newest text, with the newest texts of all other open documents. Null: the document has been closed.
  StatePtr analyse(const std::string& path);

  /// What the last analysis found; null: there was none.
  [[nodiscard]] StatePtr newest(const std::string& path) const;

  /// What the last analysis found that Clang could parse the header in, for what is useful while the user types.
  [[nodiscard]] StatePtr last_good(const std::string& path) const;

  /// The same; found out now, from the disk, about a header that is not open.
  [[nodiscard]] StatePtr known(const std::string& path) const;

  /// As the user sees the file: what is open, or what is on disk. Nothing: it cannot be read.
  [[nodiscard]] std::optional<std::string> text_of(const std::string& path) const;

  /// Compares generated code with the disk again; what is found replaces newest().
  StatePtr look_at_generated(const std::string& path);

  /// What `farcall generate` is to read.
  enum class Source : std::uint8_t { disk, buffers };

  struct Generated {
    std::string problem;      ///< why nothing was written; empty: it was
    bool has_errors = false;  ///< the header is the reason, as its diagnostics say
  };

  /// Does what `farcall generate` does, by the same code.
  Generated generate(const std::string& path, Source source);

  /// What an open header becomes when the class whose name stands in that line, from 1, changes.
  [[nodiscard]] NewText change_class(const std::string& path, ClassChange change, std::uint32_t line) const;

 private:
  struct Entry {
    Document document;
    StatePtr newest;
    StatePtr good;
    bool is_being_analysed = false;  ///< with the texts of a moment ago
  };
  using Texts = std::map<std::string, std::string>;

  [[nodiscard]] Texts texts() const;  // the mutex is held

  mutable std::mutex mutex_;
  Settings settings_;
  std::map<std::string, Entry> entries_;
};

}  // namespace farcall::lsp
