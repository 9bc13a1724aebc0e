// What check has to say about a header. Findings are values: Clang diagnostics, SARIF and an editor only render them.
//
//   Finding{.id = "maybe-result", .text = "the result 'int' of …", .where = …, .fixes = {{"return void", {…}}}}
#pragma once

#include <string>
#include <vector>

#include "model/source.h"

namespace farcall {

enum class Severity : std::uint8_t { warning, error };

/// One offered way out: applying all its edits together resolves the finding.
struct Fix {
  std::string title;  ///< imperative: "make the result void"
  std::vector<Edit> edits;
  bool operator==(const Fix&) const = default;
};

struct Note {
  std::string text;
  SourceRef where;
  bool operator==(const Note&) const = default;
};

/// `id` is the rule's stable name as data ("maybe-result"); renderers append it, nobody parses it back.
struct Finding {
  std::string id;
  Severity severity = Severity::error;
  std::string text;  ///< lower case, no full stop: says the situation
  SourceRef where;
  std::vector<Note> notes;  ///< the way out first
  std::vector<Fix> fixes;
  bool operator==(const Finding&) const = default;
};

}  // namespace farcall
