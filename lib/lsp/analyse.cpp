#include "lsp/analyse.h"

#include <llvm/Support/raw_ostream.h>

#include <algorithm>
#include <exception>
#include <filesystem>

#include "lsp/generated_code.h"
#include "lsp/relevance.h"
#include "output/file.h"

namespace farcall::lsp {
namespace {

namespace fs = std::filesystem;
using Texts = std::map<std::string, std::string>;

bool has_database(const fs::path& folder) {
  std::error_code error;
  return fs::exists(folder / "compile_commands.json", error) || fs::exists(folder / "compile_flags.txt", error);
}

/// Whether the tool would find flags for this header by itself.
bool finds_database(const fs::path& header) {
  fs::path folder = header.parent_path();
  while (!has_database(folder) && folder != folder.parent_path()) folder = folder.parent_path();
  return has_database(folder);
}

FlagOptions flags_for(const std::string& path, const Settings& settings) {
  FlagOptions flags{.database = settings.compile_commands_dir};
  if (flags.database.empty() && !settings.fallback_flags.empty() && !finds_database(path))
    flags.fixed = settings.fallback_flags;
  return flags;
}

/// Whether the user has had this file generated before, and goes on wanting it.
bool is_wanted(const std::string& path, const std::string& header) {
  return made_from(read_file(path).contents.value_or("")) == fs::path(header).filename().string();
}

std::string mock_path(const std::string& header, const Settings& settings) {
  return generated_path(header, settings.out_dir, ".rpc.mock.h");
}

std::string proto_path(const std::string& header, const Settings& settings) {
  return generated_path(header, settings.out_dir, ".proto");
}

bool has_stub(const std::string& header, const Settings& settings) {
  std::error_code error;
  return fs::exists(stub_path(header, settings.out_dir), error);
}

/// Whether the user wants to hear about this header.
bool is_ours(const std::string& path, const std::string& text, const Settings& settings) {
  return is_header(path) && (has_attributes(text) || has_stub(path, settings));
}

/// Whether a class in it may serve an interface: it includes generated code, or a header of ours that stands beside it.
bool may_serve(const HeaderState& state, const Texts& texts, const Settings& settings) {
  const auto is_known = [&](std::string_view name) {
    const std::string path = (fs::path(state.path).parent_path() / name).lexically_normal();
    const auto open = texts.find(path);
    return is_generated(path) || is_ours(path, open == texts.end() ? "" : open->second, settings);
  };
  return std::ranges::any_of(included_names(state.text), is_known);
}

/// All that matters of a file that is not ours. What is wrong with it, others say.
void keep_unfinished(HeaderState& state) {
  state.problem.clear();
  state.errors.clear();
  if (!state.outcome) return;
  Contract contract{.header = state.path, .unfinished = std::move(state.outcome->contract.unfinished)};
  state.outcome = Outcome{.contract = std::move(contract)};
}

void take(HeaderState& state, Analysis analysis) {
  for (const auto& [path, fact] : analysis.facts.all()) state.depends_on.insert(path);
  for (HeaderResult& header : analysis.headers) {
    for (const std::string& each : header.dependencies) state.depends_on.insert(fs::absolute(each).lexically_normal());
    state.outcome = std::move(header.outcome);
  }
  state.errors = std::move(analysis.parse_errors);
  // Documents are not among the facts, and which of them Clang read before it gave up is not known.
  state.depends_on_all = !state.outcome;
}

}  // namespace

AnalysisOptions options_for(const std::string& path, std::map<std::string, std::string> texts,
                            const Settings& settings) {
  AnalysisOptions options{.headers = {path},
                          .flags = flags_for(path, settings),
                          .run = {.plan = {.out_dir = settings.out_dir},
                                  .artefacts = {.proto = is_wanted(proto_path(path, settings), path),
                                                .mock = is_wanted(mock_path(path, settings), path)}},
                          .level = Level::nothing,
                          .texts = std::move(texts),
                          .preambles = Preambles::make};
  // Most headers that are open have nothing to do with Farcall.
  options.run.warnings.add("no-nothing-remote");
  return options;
}

HeaderState look_at(HeaderState state, const std::map<std::string, std::string>& texts, const Settings& settings) {
  const bool ours = is_ours(state.path, state.text, settings);
  if (!ours && !may_serve(state, texts, settings)) {
    state.outcome.emplace();
    return state;
  }
  std::string told;
  llvm::raw_string_ostream err(told);
  try {
    if (std::optional<Analysis> analysis = analyse(options_for(state.path, texts, settings), err))
      take(state, std::move(*analysis));
    else
      state.problem = message_of(told);
  } catch (const std::exception& error) {
    state.problem = std::string("internal error: ") + error.what();
  }
  state.depends_on.insert({mock_path(state.path, settings), proto_path(state.path, settings)});
  state.depends_on_all |= !state.problem.empty();
  if (!ours) keep_unfinished(state);
  if (state.outcome && settings.check_generated) state.outdated = outdated_files(state.outcome->files);
  return state;
}

std::vector<OutdatedFile> outdated_files(const std::vector<GeneratedFile>& files) {
  std::vector<OutdatedFile> outdated;
  for (const GeneratedFile& file : files) {
    const FileContents found = read_file(file.path);
    if (found.contents != file.contents) outdated.push_back({file.path, !found.contents && found.error.empty()});
  }
  return outdated;
}

std::string message_of(std::string told) {
  constexpr std::string_view front = "farcall: error: ";
  if (told.starts_with(front)) told.erase(0, front.size());
  while (told.ends_with('\n')) told.pop_back();
  return told;
}

}  // namespace farcall::lsp
