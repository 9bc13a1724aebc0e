#include "driver/remember.h"

#include <spdlog/spdlog.h>

#include <chrono>
#include <filesystem>

#include "driver/recorder.h"
#include "output/output.h"
#include "stamp/stamp.h"

namespace farcall {

namespace fs = std::filesystem;

namespace {

Command command_of_run(const GenerateOptions& options) {
  std::error_code error;
  return command_of(options.command, fs::read_symlink("/proc/self/exe", error));
}

}  // namespace

std::int64_t now_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

void add_output(Facts& facts, const GeneratedFile& file) {
  facts.add(fs::absolute(file.path).lexically_normal(), {.answer = Answer::contents, .hash = hash_of(file.contents)});
}

Preambles preambles_for(const GenerateOptions& options) {
  if (options.command.empty()) return options.analysis.preambles;
  return fs::exists(command_of_run(options).file) ? Preambles::make : Preambles::find;
}

void remember_run(const GenerateOptions& options, const Analysis& analysis, std::int64_t began_ns) {
  if (options.command.empty() || options.report.format != Format::text || !options.report.export_fixes.empty()) return;
  const Command command = command_of_run(options);
  if (command.file.empty()) return;
  Facts facts = analysis.facts;
  for (const HeaderResult& each : analysis.headers)
    for (const GeneratedFile& file : each.outcome.files) add_output(facts, file);
  add_programs(facts);
  facts.sign(began_ns);
  if (!facts.problem().empty()) {
    spdlog::info("no stamp: {}", facts.problem());
    return;
  }
  const WriteResult written = write({.path = command.file, .contents = stamp_text(command, facts, analysis.told)});
  if (written.outcome == WriteOutcome::failed) spdlog::info("no stamp: {}", written.error);
  forget_old_stamps(command);
}

}  // namespace farcall
