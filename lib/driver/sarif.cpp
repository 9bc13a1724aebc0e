#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/FormatVariadic.h>
#include <llvm/Support/JSON.h>
#include <llvm/Support/raw_ostream.h>

#include <algorithm>
#include <filesystem>

#include "check/rules.h"
#include "driver/report.h"

namespace farcall {
namespace {

using llvm::json::Array;
using llvm::json::Object;

constexpr const char* schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
constexpr const char* root = "%SRCROOT%";

/// What a URI cannot hold as it is, as percent and hexadecimal digits.
std::string encoded(const std::string& path) {
  constexpr llvm::StringRef plain = "-._~/";
  std::string uri;
  for (const char c : path) {
    if (llvm::isAlnum(c) || plain.contains(c)) {
      uri += c;
    } else {
      uri += '%';
      uri += llvm::utohexstr(static_cast<unsigned char>(c), /*LowerCase=*/false, /*Width=*/2);
    }
  }
  return uri;
}

/// A place in a text, both from 1, in code points.
struct Position {
  std::uint32_t line;
  std::uint32_t column;
};

Position position_of(const std::string& text, std::uint32_t offset) {
  const std::string_view before = std::string_view(text).substr(0, offset);
  const auto lines = std::ranges::count(before, '\n');
  const std::string_view line = before.substr(before.rfind('\n') + 1);
  const auto is_start = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; };
  return {static_cast<std::uint32_t>(lines) + 1, static_cast<std::uint32_t>(std::ranges::count_if(line, is_start)) + 1};
}

class Log {
 public:
  explicit Log(const std::string& folder) : folder_(folder) {}

  [[nodiscard]] Object location(const SourceRef& where, const SourceFiles& sources) const {
    const SourceFile& source = sources.at(where.file);
    return Object{{"physicalLocation",
                   Object{{"artifactLocation", artifact(source.path)}, {"region", region(where, source.text)}}}};
  }

  [[nodiscard]] Object result(const Finding& finding, const SourceFiles& sources) const {
    const auto rule = std::ranges::find(all_rules(), finding.id, &RuleInfo::id);
    std::string text = finding.text;
    if (!finding.notes.empty()) text += "; " + finding.notes.front().text;
    Object made{{"ruleId", finding.id},
                {"ruleIndex", rule - all_rules().begin()},
                {"level", finding.severity == Severity::error ? "error" : "warning"},
                {"message", message(text)}};
    if (finding.where.known()) made["locations"] = Array{location(finding.where, sources)};
    Array related;
    for (const Note& note : finding.notes) {
      if (!note.where.known() || note.where == finding.where) continue;
      Object each = location(note.where, sources);
      each["message"] = message(note.text);
      related.push_back(std::move(each));
    }
    if (!related.empty()) made["relatedLocations"] = std::move(related);
    if (!finding.fixes.empty()) made["fixes"] = fixes(finding, sources);
    return made;
  }

  /// Clang's errors: no result of ours, but why there are none for a header.
  [[nodiscard]] Object notification(const ParseError& error) const {
    Object made{{"level", "error"}, {"message", message(error.text)}};
    if (!error.where.known()) return made;
    const std::string path = std::filesystem::absolute(error.where.file).lexically_normal();
    made["locations"] = Array{
        Object{{"physicalLocation",
                Object{{"artifactLocation", artifact(path)},
                       {"region", Object{{"startLine", error.where.line}, {"startColumn", error.where.column}}}}}}};
    return made;
  }

  static Object message(const std::string& text) { return Object{{"text", llvm::json::fixUTF8(text)}}; }

 private:
  [[nodiscard]] Object artifact(const std::string& path) const {
    const std::string relative = std::filesystem::path(path).lexically_relative(folder_);
    if (relative.empty() || relative.starts_with("..")) return Object{{"uri", "file://" + encoded(path)}};
    return Object{{"uri", encoded(relative)}, {"uriBaseId", root}};
  }

  static Object region(const SourceRef& where, const std::string& text) {
    const Position begin = position_of(text, where.begin);
    const Position end = position_of(text, where.end);
    return Object{
        {"startLine", begin.line}, {"startColumn", begin.column}, {"endLine", end.line}, {"endColumn", end.column}};
  }

  [[nodiscard]] Array fixes(const Finding& finding, const SourceFiles& sources) const {
    Array all;
    for (const Fix& fix : finding.fixes) {
      std::map<std::string, Array> by_file;
      for (const Edit& edit : fix.edits)
        by_file[edit.where.file].push_back(
            Object{{"deletedRegion", region(edit.where, sources.at(edit.where.file).text)},
                   {"insertedContent", message(edit.text)}});
      Array changes;
      for (auto& [file, replacements] : by_file)
        changes.push_back(
            Object{{"artifactLocation", artifact(sources.at(file).path)}, {"replacements", std::move(replacements)}});
      all.push_back(Object{{"description", message(fix.title)}, {"artifactChanges", std::move(changes)}});
    }
    return all;
  }

  const std::string& folder_;
};

Array rules() {
  Array all;
  for (const RuleInfo& rule : all_rules())
    all.push_back(
        Object{{"id", rule.id},
               {"shortDescription", Log::message(std::string(rule.text))},
               {"help", Log::message(std::string(rule.way_out))},
               {"defaultConfiguration", Object{{"level", rule.severity == Severity::error ? "error" : "warning"}}}});
  return all;
}

}  // namespace

std::string sarif(const Analysis& analysis, const std::string& folder) {
  const Log log(folder);
  Array results;
  Array notifications;
  for (const HeaderResult& each : analysis.headers)
    for (const Finding& finding : each.outcome.findings) results.push_back(log.result(finding, each.outcome.sources));
  for (const ParseError& error : analysis.parse_errors) notifications.push_back(log.notification(error));
  Object invocation{{"executionSuccessful", analysis.parse_errors.empty()},
                    {"toolExecutionNotifications", std::move(notifications)}};
  Object run{
      {"tool", Object{{"driver", Object{{"name", "farcall"}, {"version", FARCALL_VERSION}, {"rules", rules()}}}}},
      {"columnKind", "unicodeCodePoints"},
      {"originalUriBaseIds", Object{{root, Object{{"uri", "file://" + encoded(folder) + "/"}}}}},
      {"invocations", Array{std::move(invocation)}},
      {"results", std::move(results)}};
  const llvm::json::Value whole = Object{{"$schema", schema}, {"version", "2.1.0"}, {"runs", Array{std::move(run)}}};
  std::string text;
  llvm::raw_string_ostream(text) << llvm::formatv("{0:2}", whole) << "\n";
  return text;
}

}  // namespace farcall
