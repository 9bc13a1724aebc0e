#include "driver/preamble.h"

#include <llvm/Support/MemoryBuffer.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <functional>

#include "driver/leading_includes.h"
#include "driver/precompile.h"
#include "driver/recorder.h"
#include "driver/remember.h"
#include "output/file.h"
#include "output/output.h"
#include "stamp/stamp.h"

namespace farcall {
namespace {

namespace fs = std::filesystem;

/// What the stamp of a preamble says instead of a file, so that the next run does not try again.
constexpr std::string_view not_possible = "none\n";

std::string contents_of(const std::string& path, const std::map<std::string, std::string>& texts) {
  if (const auto found = texts.find(path); found != texts.end()) return found->second;
  return read_file(path).contents.value_or("");
}

Command command_for(const ParseJob& job, const std::string& includes) {
  std::error_code error;
  std::vector<std::string> what{"preamble", job.directory};
  what.insert(what.end(), job.arguments.begin(), job.arguments.end());
  what.push_back(includes);
  return command_of_part(what, fs::read_symlink("/proc/self/exe", error));
}

/// By its stamp, whose first line is the file's name.
std::optional<Preamble> read(const std::string& includes, const Command& command, Stamp stamp) {
  const std::size_t line = stamp.printed.find('\n');
  if (line == std::string::npos) return std::nullopt;
  const fs::path path = fs::path(command.file).replace_filename(stamp.printed.substr(0, line));
  auto contents = llvm::MemoryBuffer::getFile(path.string());
  if (!contents) return std::nullopt;
  return Preamble{.text = includes,
                  .path = path,
                  .contents = std::move(*contents),
                  .includes = read_include_names(stamp.printed.substr(line + 1)),
                  .facts = std::move(stamp.facts)};
}

/// The newest precompiled headers stay, as long as all together are not too large; of one command, the newest alone.
void forget_old_preambles(const Command& command, const fs::path& newest) {
  constexpr std::uintmax_t most = std::uintmax_t{512} << 20;
  std::vector<std::pair<fs::file_time_type, fs::path>> files;
  std::error_code error;
  for (const fs::directory_entry& each : fs::directory_iterator(newest.parent_path(), error))
    if (each.path().extension() == newest.extension()) files.emplace_back(each.last_write_time(error), each.path());
  std::ranges::sort(files, std::ranges::greater());
  const std::string own = fs::path(command.file).stem().string() + "-";
  std::uintmax_t sum = 0;
  for (const auto& [time, path] : files) {
    const bool is_replaced = path != newest && path.filename().string().starts_with(own);
    if (!is_replaced) sum += fs::file_size(path, error);
    if (sum > most || is_replaced) fs::remove(path, error);
  }
}

/// Each one is a file of its own, which never changes: another run may have the last one open, and a stamp speaks of
/// just one.
fs::path new_file(const Command& command, std::int64_t now) {
  return fs::path(command.file)
      .replace_filename(fs::path(command.file).stem().string() + "-" + std::to_string(getpid()) + "-" +
                        std::to_string(now) + ".pch");
}

std::optional<Preamble> make(const ParseJob& job, const std::string& includes, const Command& command) {
  const std::int64_t began = now_ns();
  const fs::path file = new_file(command, began);
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  Stamp stamp;
  const std::optional<IncludeNames> names = precompile(job, includes, file, stamp.facts);
  stamp.printed = names ? file.filename().string() + "\n" + text_of(*names) : not_possible;
  add_programs(stamp.facts);
  stamp.facts.sign(began);
  spdlog::info("{}: the includes it begins with {}", job.headers.front().name,
               names ? "are precompiled now" : "cannot be precompiled");
  const WriteResult written =
      write({.path = command.file, .contents = stamp_text(command, stamp.facts, stamp.printed)});
  if (written.outcome == WriteOutcome::failed) spdlog::info("no stamp: {}", written.error);
  forget_old_preambles(command, file);
  if (!names) return std::nullopt;
  return read(includes, command, std::move(stamp));
}

}  // namespace

std::optional<Preamble> preamble_of(const ParseJob& job, const std::map<std::string, std::string>& texts,
                                    Preambles which) {
  if (which == Preambles::none) return std::nullopt;
  const std::string includes = leading_includes(contents_of(job.headers.front().path, texts));
  const Command command = command_for(job, includes);
  if (includes.empty() || command.file.empty()) return std::nullopt;
  std::string why_not;
  auto stamp = true_stamp(command, why_not);
  if (stamp && stamp->printed == not_possible) return std::nullopt;
  std::optional<Preamble> preamble;
  if (stamp) preamble = read(includes, command, std::move(*stamp));
  if (!preamble && which == Preambles::make) preamble = make(job, includes, command);
  const auto is_in_it = [&](const auto& text) { return preamble->facts.all().contains(text.first); };
  if (preamble && std::ranges::any_of(texts, is_in_it)) return std::nullopt;
  return preamble;
}

}  // namespace farcall
