#include "lsp/workspace.h"

#include <llvm/Support/raw_ostream.h>

#include <exception>
#include <filesystem>

#include "driver/generate.h"
#include "lsp/analyse.h"
#include "lsp/relevance.h"
#include "output/file.h"

namespace farcall::lsp {
namespace {

std::string under(const std::string& root, const std::string& folder) {
  if (folder.empty()) return folder;
  return std::filesystem::absolute(std::filesystem::path(root) / folder).lexically_normal();
}

}  // namespace

void Workspace::configure(const Settings& settings, const std::string& root) {
  const std::scoped_lock lock(mutex_);
  settings_ = settings;
  settings_.compile_commands_dir = under(root, settings.compile_commands_dir);
  settings_.out_dir = under(root, settings.out_dir);
}

Settings Workspace::settings() const {
  const std::scoped_lock lock(mutex_);
  return settings_;
}

void Workspace::open(const std::string& path, Document document) {
  const std::scoped_lock lock(mutex_);
  entries_[path] = {.document = std::move(document)};
}

bool Workspace::change(const std::string& path, std::string text, std::int64_t version) {
  const std::scoped_lock lock(mutex_);
  const auto entry = entries_.find(path);
  if (entry == entries_.end()) return false;
  entry->second.document.text = std::move(text);
  entry->second.document.version = version;
  return true;
}

bool Workspace::close(const std::string& path) {
  const std::scoped_lock lock(mutex_);
  return entries_.erase(path) != 0;
}

std::optional<Document> Workspace::document(const std::string& path) const {
  const std::scoped_lock lock(mutex_);
  const auto entry = entries_.find(path);
  return entry == entries_.end() ? std::nullopt : std::optional(entry->second.document);
}

std::vector<std::string> Workspace::touched_by(const std::string& path) const {
  const std::scoped_lock lock(mutex_);
  std::vector<std::string> touched;
  for (const auto& [header, entry] : entries_) {
    // What it includes is known when it has been analysed.
    const bool depends = !entry.newest || entry.is_being_analysed || entry.newest->is_about(path);
    if (!is_generated(header) && (header == path || depends)) touched.push_back(header);
  }
  return touched;
}

std::vector<std::string> Workspace::headers() const {
  const std::scoped_lock lock(mutex_);
  std::vector<std::string> all;
  for (const auto& [path, entry] : entries_)
    if (!is_generated(path)) all.push_back(path);
  return all;
}

Workspace::Texts Workspace::texts() const {
  Texts all;
  for (const auto& [path, entry] : entries_) all.emplace(path, entry.document.text);
  return all;
}

StatePtr Workspace::analyse(const std::string& path) {
  HeaderState begun{.path = path};
  Texts read;
  Settings settings;
  {
    const std::scoped_lock lock(mutex_);
    const auto entry = entries_.find(path);
    if (entry == entries_.end()) return nullptr;
    entry->second.is_being_analysed = true;
    begun.text = entry->second.document.text;
    begun.version = entry->second.document.version;
    read = texts();
    settings = settings_;
  }
  auto state = std::make_shared<const HeaderState>(look_at(std::move(begun), read, settings));
  const std::scoped_lock lock(mutex_);
  const auto entry = entries_.find(path);
  if (entry == entries_.end()) return nullptr;
  entry->second.is_being_analysed = false;
  entry->second.newest = state;
  if (state->is_good()) entry->second.good = state;
  return state;
}

StatePtr Workspace::newest(const std::string& path) const {
  const std::scoped_lock lock(mutex_);
  const auto entry = entries_.find(path);
  return entry == entries_.end() ? nullptr : entry->second.newest;
}

StatePtr Workspace::last_good(const std::string& path) const {
  const std::scoped_lock lock(mutex_);
  const auto entry = entries_.find(path);
  return entry == entries_.end() ? nullptr : entry->second.good;
}

StatePtr Workspace::known(const std::string& path) const {
  if (document(path)) return last_good(path);
  const std::optional<std::string> text = text_of(path);
  if (!text) return nullptr;
  Texts read;
  {
    const std::scoped_lock lock(mutex_);
    read = texts();
  }
  return std::make_shared<const HeaderState>(look_at({.path = path, .text = *text}, read, settings()));
}

std::optional<std::string> Workspace::text_of(const std::string& path) const {
  if (std::optional<Document> open = document(path)) return std::move(open->text);
  return read_file(path).contents;
}

StatePtr Workspace::look_at_generated(const std::string& path) {
  StatePtr before = newest(path);
  if (!before || !before->outcome) return before;
  auto state = std::make_shared<HeaderState>(*before);
  state->outdated.clear();
  if (settings().check_generated) state->outdated = outdated_files(state->outcome->files);
  const std::scoped_lock lock(mutex_);
  const auto entry = entries_.find(path);
  if (entry == entries_.end()) return nullptr;
  entry->second.newest = entry->second.good = state;
  return state;
}

Workspace::Generated Workspace::generate(const std::string& path, Source source) {
  Settings settings;
  Texts read;
  {
    const std::scoped_lock lock(mutex_);
    settings = settings_;
    if (source == Source::buffers) read = texts();
  }
  std::string told;
  llvm::raw_string_ostream err(told);
  try {
    const GenerateOptions options{
        .analysis = options_for(path, std::move(read), settings), .report = {}, .out_dir = settings.out_dir};
    const ExitCode code = farcall::generate(options, llvm::nulls(), err);
    if (code == ExitCode::ok) return {};
    if (code == ExitCode::usage) return {.problem = message_of(told)};
  } catch (const std::exception& error) {
    return {.problem = std::string("internal error: ") + error.what()};
  }
  const std::string name = std::filesystem::path(path).filename();
  return {.problem = "'" + name + "' has errors, so nothing is generated", .has_errors = true};
}

NewText Workspace::change_class(const std::string& path, ClassChange change, std::uint32_t line) const {
  Settings settings;
  Texts read;
  {
    const std::scoped_lock lock(mutex_);
    settings = settings_;
    read = texts();
  }
  if (!read.contains(path)) return {.text = {}, .problem = "the document has been closed"};
  return lsp::change_class(change, line, path, read, settings);
}

}  // namespace farcall::lsp
