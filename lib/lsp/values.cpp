#include "lsp/values.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <filesystem>

#include "output/fixes.h"

namespace farcall::lsp {
namespace {

const json::Value& nothing() {
  static const json::Value null = nullptr;
  return null;
}

bool is_true(const json::Value& value) { return value.getAsBoolean().value_or(false); }

/// Whether an array has that string.
bool names(const json::Value& array, llvm::StringRef wanted) {
  const json::Array* all = array.getAsArray();
  return all != nullptr &&
         std::ranges::any_of(*all, [&](const json::Value& each) { return each.getAsString() == wanted; });
}

// How a completion is inserted.
constexpr int plain = 1;
constexpr int snippet = 2;
constexpr int as_it_is = 1;  // a mode: with the blanks it has

/// Text of a snippet that means itself.
std::string literally(const std::string& text) {
  std::string made;
  for (const char each : text) {
    if (each == '$' || each == '\\') made += '\\';
    made += each;
  }
  return made;
}

/// All lines but the first, which stands behind its blanks already; without the last line's end.
std::string indented(const std::string& text, const std::string& indent) {
  std::string made;
  for (const char each : text) {
    if (made.ends_with('\n')) made += indent;
    made += each;
  }
  if (made.ends_with('\n')) made.pop_back();
  return made;
}

/// A chain of members.
const json::Value& within(const json::Value& value, std::initializer_list<llvm::StringRef> names) {
  const json::Value* at = &value;
  for (const llvm::StringRef name : names) at = &member(*at, name);
  return *at;
}

/// The folder of the project, in the three ways in which protocols of all ages say it.
std::string root_of(const json::Value& initialize) {
  const json::Array* folders = member(initialize, "workspaceFolders").getAsArray();
  const json::Value& first = folders != nullptr && !folders->empty() ? member(folders->front(), "uri") : nothing();
  for (const json::Value* uri : {&first, &member(initialize, "rootUri")})
    if (uri->getAsString()) return path_from(*uri);
  return text_member(initialize, "rootPath");
}

std::uint32_t count_from(const json::Value& value) {
  const std::optional<std::int64_t> count = value.getAsInteger();
  if (!count) throw Refusal(ErrorCode::InvalidParams, "a position has a line and a character");
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(*count, 0, INT32_MAX));
}

void take(const json::Value& value, const char* name, bool& setting) {
  if (const std::optional<bool> is = value.getAsBoolean())
    setting = *is;
  else if (value.kind() != json::Value::Null)
    spdlog::warn("setting {} is true or false", name);
}

void take(const json::Value& value, const char* name, std::string& setting) {
  if (const std::optional<llvm::StringRef> text = value.getAsString())
    setting = text->str();
  else if (value.kind() != json::Value::Null)
    spdlog::warn("setting {} is a string", name);
}

void take(const json::Value& value, const char* name, std::vector<std::string>& setting) {
  if (value.kind() == json::Value::Null) return;
  const json::Array* array = value.getAsArray();
  const auto is_text = [](const json::Value& each) { return each.getAsString().has_value(); };
  if (array == nullptr || !std::ranges::all_of(*array, is_text)) {
    spdlog::warn("setting {} is an array of strings", name);
    return;
  }
  setting.clear();
  for (const json::Value& each : *array) setting.push_back(each.getAsString()->str());
}

}  // namespace

const json::Value& member(const json::Value& object, llvm::StringRef name) {
  const json::Object* members = object.getAsObject();
  const json::Value* found = members == nullptr ? nullptr : members->get(name);
  return found == nullptr ? nothing() : *found;
}

std::string text_member(const json::Value& object, llvm::StringRef name) {
  return member(object, name).getAsString().value_or("").str();
}

Client client_from(const json::Value& initialize) {
  const json::Value& can = member(initialize, "capabilities");
  const json::Value& text = member(can, "textDocument");
  const json::Value& workspace = member(can, "workspace");
  return {.has_document_changes = is_true(within(workspace, {"workspaceEdit", "documentChanges"})),
          .creates_files = is_true(within(workspace, {"workspaceEdit", "documentChanges"})) &&
                           names(within(workspace, {"workspaceEdit", "resourceOperations"}), "create"),
          .has_related_information = is_true(within(text, {"publishDiagnostics", "relatedInformation"})),
          .has_action_literals = within(text, {"codeAction", "codeActionLiteralSupport"}).getAsObject() != nullptr,
          .shows_disabled_actions = within(text, {"codeAction", "disabledSupport"}).getAsBoolean().value_or(false),
          .has_symbol_trees = is_true(within(text, {"documentSymbol", "hierarchicalDocumentSymbolSupport"})),
          .has_snippets = is_true(within(text, {"completion", "completionItem", "snippetSupport"})),
          .applies_edits = is_true(member(workspace, "applyEdit")),
          .shows_documents = is_true(within(can, {"window", "showDocument", "support"})),
          .refreshes_lenses = is_true(within(workspace, {"codeLens", "refreshSupport"})),
          .watches_files = is_true(within(workspace, {"didChangeWatchedFiles", "dynamicRegistration"})),
          .root = root_of(initialize)};
}

void take_settings(const json::Value& from, Settings& settings) {
  take(member(from, "generateOnSave"), "generateOnSave", settings.generate_on_save);
  take(member(from, "checkGenerated"), "checkGenerated", settings.check_generated);
  take(member(from, "compileCommandsDir"), "compileCommandsDir", settings.compile_commands_dir);
  take(member(from, "fallbackFlags"), "fallbackFlags", settings.fallback_flags);
  take(member(from, "outDir"), "outDir", settings.out_dir);
}

std::string path_from(const json::Value& uri) {
  const std::optional<llvm::StringRef> text = uri.getAsString();
  if (!text) throw Refusal(ErrorCode::InvalidParams, "there is no uri");
  llvm::Expected<llvm::lsp::URIForFile> file = llvm::lsp::URIForFile::fromURI(*text);
  if (!file) {
    llvm::consumeError(file.takeError());
    throw Refusal(ErrorCode::InvalidParams, "'" + text->str() + "' is not the uri of a file");
  }
  return std::filesystem::path(file->file().str()).lexically_normal();
}

std::string path_of(const json::Value& params) { return path_from(within(params, {"textDocument", "uri"})); }

Position position_from(const json::Value& value) {
  return {count_from(member(value, "line")), count_from(member(value, "character"))};
}

Range range_from(const json::Value& value) {
  return {position_from(member(value, "start")), position_from(member(value, "end"))};
}

std::string uri_of(const std::string& path) {
  llvm::Expected<llvm::lsp::URIForFile> uri = llvm::lsp::URIForFile::fromFile(path);
  if (uri) return uri->uri().str();
  llvm::consumeError(uri.takeError());
  return {};
}

json::Value json_of(const std::string& text) { return json::fixUTF8(text); }

json::Value json_of(Position position) {
  return json::Object{{"line", position.line}, {"character", position.character}};
}

json::Value json_of(Range range) { return json::Object{{"start", json_of(range.begin)}, {"end", json_of(range.end)}}; }

json::Value json_of(const Symbol& symbol) {
  json::Array members;
  for (const Symbol& each : symbol.members) members.push_back(json_of(each));
  using Kind = llvm::lsp::SymbolKind;
  return json::Object{{"name", json_of(symbol.name)},
                      {"detail", json_of(symbol.detail)},
                      {"kind", static_cast<int>(symbol.is_interface ? Kind::Interface : Kind::Method)},
                      {"range", json_of(symbol.range)},
                      {"selectionRange", json_of(symbol.name_range)},
                      {"children", std::move(members)}};
}

json::Value flat_json_of(const Symbol& symbol, const std::string& uri, const std::string& container) {
  json::Object made = std::move(*json_of(symbol).getAsObject());
  made.erase("children");
  made.erase("selectionRange");
  made.erase("detail");
  made.erase("range");
  made["location"] = json::Object{{"uri", uri}, {"range", json_of(symbol.range)}};
  if (!container.empty()) made["containerName"] = json_of(container);
  return made;
}

json::Value json_of(const std::vector<CallCompletion>& calls, const ClientWord& word, const std::string& text,
                    const Client& client) {
  const json::Value range = json_of(TextLines(text).range_of(word.begin, word.end));
  json::Array items;
  for (const CallCompletion& each : calls) {
    json::Array includes;
    for (const TextEdit& edit : each.includes)
      includes.push_back(json::Object{{"range", json_of(edit.range)}, {"newText", json_of(edit.text)}});
    const CallExample& call = each.example;
    std::string written = client.has_snippets
                              ? literally(call.before) + "${1:" + call.address + "}" + literally(call.behind)
                              : call.text();
    items.push_back(json::Object{
        {"label", json_of(each.label)},
        {"kind", static_cast<int>(llvm::lsp::CompletionItemKind::Snippet)},
        {"detail", json_of(each.detail)},
        {"filterText", json_of(each.filter)},
        {"insertTextFormat", client.has_snippets ? snippet : plain},
        {"insertTextMode", as_it_is},
        {"textEdit",
         json::Object{{"range", range}, {"newText", json_of(with_line_ends_of(text, indented(written, word.indent)))}}},
        {"additionalTextEdits", std::move(includes)}});
  }
  return json::Object{{"isIncomplete", false}, {"items", std::move(items)}};
}

json::Value json_of(const Completions& completions, const std::string& text, const Client& client) {
  const Range range = TextLines(text).range_of(completions.begin, completions.end);
  json::Array items;
  for (const Completion& each : completions.items) {
    items.push_back(json::Object{
        {"label", each.text},
        {"kind", static_cast<int>(llvm::lsp::CompletionItemKind::Keyword)},
        {"detail", std::string(each.spec->meaning)},
        {"sortText", (each.fits_here ? "0" : "1") + std::string(each.spec->name)},
        {"filterText", each.text},
        {"insertTextFormat", client.has_snippets ? snippet : plain},
        {"textEdit",
         json::Object{{"range", json_of(range)}, {"newText", client.has_snippets ? each.snippet : each.text}}}});
  }
  return json::Object{{"isIncomplete", false}, {"items", std::move(items)}};
}

}  // namespace farcall::lsp
