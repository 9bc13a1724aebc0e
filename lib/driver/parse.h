// Runs Clang over the headers of one job: one made-up source file that includes them all. Bodies of functions are
// skipped, unless it matters whether they compile.
//
//   HeaderDiagnostics diagnostics(…);
//   ParseEnd end = parse(job, {}, diagnostics, facts, [&](const ParsedHeaders& parsed) {
//     for (std::size_t i = 0; i < job.headers.size(); ++i) run(parsed.sema(), parsed.watcher(), parsed.header(i), …);
//   });
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "driver/commands.h"
#include "driver/include_graph.h"
#include "driver/preamble.h"
#include "frontend/attribute_watcher.h"
#include "frontend/scope.h"
#include "stamp/facts.h"

namespace farcall {

/// The result of a parse while Clang is still there.
class ParsedHeaders {
 public:
  ParsedHeaders(const ParseJob& job, clang::CompilerInstance& compiler, const AttributeWatcher& watcher,
                const IncludeGraph& graph)
      : job_(job), compiler_(compiler), watcher_(watcher), graph_(graph) {}

  [[nodiscard]] clang::Sema& sema() const { return compiler_.getSema(); }
  [[nodiscard]] const AttributeWatcher& watcher() const { return watcher_; }

  /// The job's header of that index, ready for extract().
  [[nodiscard]] Header header(std::size_t index) const;

  /// All files its meaning depends on, itself first and under the user's name, the others as absolute paths.
  [[nodiscard]] std::vector<std::string> dependencies(std::size_t index) const;

 private:
  [[nodiscard]] clang::FileEntryRef file(std::size_t index) const;

  const ParseJob& job_;
  clang::CompilerInstance& compiler_;
  const AttributeWatcher& watcher_;
  const IncludeGraph& graph_;
};

enum class Bodies : std::uint8_t { skipped, parsed };

struct ParseOptions {
  std::map<std::string, std::string> texts = {};  ///< by absolute path: read instead of what is on disk
  Bodies bodies = Bodies::skipped;
  const Preamble* preamble = nullptr;  ///< to begin with; for skipped bodies only
};

enum class ParseEnd : std::uint8_t {
  visited,
  errors,           ///< Clang's; the diagnostics were told
  without_meaning,  ///< it did not run, or the job's first header does not begin with the preamble after all
};

/// Calls `visit` once if Clang found no error. Errors that are reported in `visit` do not count. Any number of threads
/// may parse at once. What it depended on is added to `facts`.
ParseEnd parse(const ParseJob& job, const ParseOptions& options, clang::DiagnosticConsumer& diagnostics, Facts& facts,
               const std::function<void(const ParsedHeaders&)>& visit);

}  // namespace farcall
