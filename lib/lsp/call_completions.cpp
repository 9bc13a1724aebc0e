#include "lsp/call_completions.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>

#include "lsp/generated_code.h"
#include "lsp/relevance.h"
#include "output/fixes.h"
#include "scaffold/missing.h"

namespace farcall::lsp {
namespace {

namespace fs = std::filesystem;

bool is_stub(std::string_view name) { return name.ends_with(".rpc.h"); }

bool is_of_name(char each) { return std::isalnum(static_cast<unsigned char>(each)) != 0 || each == '_' || each == ':'; }

/// The file that is included by this name from a folder, perhaps as one of those that were read; empty: unknown.
std::string find_included(std::string_view name, const fs::path& folder, const std::set<std::string>& read) {
  const std::string beside = (folder / name).lexically_normal();
  std::error_code error;
  if (fs::exists(beside, error)) return beside;
  const std::string end = "/" + std::string(name);
  const auto found = std::ranges::find_if(read, [&](const std::string& each) { return each.ends_with(end); });
  return found == read.end() ? "" : *found;
}

/// Of the stubs with a class whose name begins so. To look there first saves most parses.
std::set<std::string> headers_behind(const Document& document, const std::string& path, std::string_view class_name,
                                     const Workspace& workspace) {
  const StatePtr state = workspace.last_good(path);
  const std::set<std::string> read = state ? state->depends_on : std::set<std::string>();
  const ReadText read_text = [&](const std::string& file) { return workspace.text_of(file); };
  std::set<std::string> headers;
  for (const std::string_view name : included_names(document.text)) {
    const std::string stub = is_stub(name) ? find_included(name, fs::path(path).parent_path(), read) : "";
    const std::string text = stub.empty() ? "" : read_text(stub).value_or("");
    if (text.find("class " + std::string(class_name)) == std::string::npos) continue;
    std::string header = header_of(stub, read_text);
    if (header.empty()) header = find_included(made_from(text), fs::path(stub).parent_path(), read);
    if (!header.empty()) headers.insert(std::move(header));
  }
  return headers;
}

std::vector<TextEdit> edits_of(const std::vector<std::string>& includes, const std::string& text) {
  const std::optional<Edit> edit = inclusions(includes, "", text);
  if (!edit) return {};
  return {{TextLines(text).range_of(edit->where.begin, edit->where.end), with_line_ends_of(text, edit->text)}};
}

/// If the name of the client, qualified or not as the word is, begins with it.
void add_call(const InterfacePlan& interface, const MethodPlan& method, const Document& document,
              const ClientWord& word, std::vector<CallCompletion>& all) {
  const std::optional<CallExample> example = call_example(interface, method);
  if (!example) return;
  const std::string& name = word.typed.find(':') != std::string::npos ? example->client : interface.client;
  if (!name.starts_with(word.typed)) return;
  all.push_back({.label = interface.client + ": call " + method.name,
                 .detail = method.declaration,
                 .filter = name + " " + method.name,
                 .example = *example,
                 .includes = edits_of(example->includes, document.text)});
}

}  // namespace

std::optional<ClientWord> client_word(std::string_view text, std::uint32_t offset) {
  if (std::ranges::none_of(included_names(text), is_stub)) return std::nullopt;
  ClientWord word{.begin = offset, .end = offset, .indent = {}};
  while (word.begin > 0 && is_of_name(text[word.begin - 1])) --word.begin;
  while (word.end < text.size() && is_of_name(text[word.end])) ++word.end;
  word.typed = text.substr(word.begin, offset - word.begin);
  word.indent = indentation_at(word.begin, text);
  const std::size_t line = text.substr(0, word.begin).rfind('\n') + 1;
  if (word.typed.empty() || word.begin != line + word.indent.size()) return std::nullopt;
  return word;
}

std::vector<CallCompletion> complete_calls(const Document& document, const std::string& path, const ClientWord& word,
                                           const Workspace& workspace) {
  std::vector<CallCompletion> all;
  const std::string own = word.typed.substr(word.typed.rfind(':') + 1);
  for (const std::string& header : headers_behind(document, path, own, workspace)) {
    const StatePtr state = workspace.known(header);
    if (!state || !state->outcome || !state->outcome->plan) continue;
    for (const InterfacePlan& interface : state->outcome->plan->interfaces)
      for (const MethodPlan& method : interface.methods) add_call(interface, method, document, word, all);
  }
  return all;
}

}  // namespace farcall::lsp
