#include "stamp/stamp.h"

#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace farcall {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view format = "farcall stamp 1\n";

/// What the loader, Clang's driver and its diagnostics take from the environment.
constexpr std::array variables = {
    "CCC_OVERRIDE_OPTIONS",
    "CLICOLOR_FORCE",
    "COLORTERM",
    "COLUMNS",
    "COMPILER_PATH",
    "CPATH",
    "CPLUS_INCLUDE_PATH",
    "C_INCLUDE_PATH",
    "HOME",
    "LIBRARY_PATH",
    "LD_LIBRARY_PATH",
    "LD_PRELOAD",
    "NO_COLOR",
    "OBJC_INCLUDE_PATH",
    "OBJCPLUS_INCLUDE_PATH",
    "PATH",
    "PWD",
    "SDKROOT",
    "SOURCE_DATE_EPOCH",
    "TERM",
    "XDG_CONFIG_HOME",
};

std::string value_of(const char* variable) {
  const char* const value = std::getenv(variable);
  return value == nullptr ? "" : std::string("=") + value;
}

/// Diagnostics look different on a terminal.
std::string terminal() {
  if (isatty(STDERR_FILENO) == 0) return {};
  winsize size{};
  ioctl(STDERR_FILENO, TIOCGWINSZ, &size);
  return "terminal of " + std::to_string(size.ws_col);
}

std::string hexadecimal(std::uint64_t number) {
  std::array<char, 16> digits;
  return {digits.begin(), std::to_chars(digits.begin(), digits.end(), number, 16).ptr};
}

/// The text of a stamp, if the file belongs to this user: another's may say what is not true.
std::optional<std::string> read_stamp(const std::string& path) {
  struct stat status{};
  if (stat(path.c_str(), &status) != 0 || status.st_uid != geteuid()) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(file), {});
  return file.good() || file.eof() ? std::optional(std::move(text)) : std::nullopt;
}

/// Takes a stamp's text apart. A text that ends early, or is no stamp, makes it fail.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool take(std::string_view expected) {
    const bool is_there = rest_.starts_with(expected);
    if (is_there) rest_.remove_prefix(expected.size());
    return is_there;
  }
  template <typename Number>
  bool number(Number& value) {
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value, 16);
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    return error == std::errc() && take(" ");
  }
  std::optional<std::string_view> line() {
    const std::size_t end = rest_.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view text = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return text;
  }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

std::string text_of(const std::string& path, const Fact& fact) {
  std::string text{static_cast<char>(fact.answer), ' '};
  text += hexadecimal(fact.hash) + " ";
  if (fact.signature) {
    const Signature& each = *fact.signature;
    text += "s " + hexadecimal(each.device) + " " + hexadecimal(each.inode) + " " + hexadecimal(each.size) + " " +
            hexadecimal(static_cast<std::uint64_t>(each.modified_ns)) + " " +
            hexadecimal(static_cast<std::uint64_t>(each.changed_ns)) + " ";
  }
  return text + "= " + path + "\n";
}

bool read_signature(Reader& reader, Signature& into) {
  std::uint64_t modified = 0;
  std::uint64_t changed = 0;
  const bool fine = reader.number(into.device) && reader.number(into.inode) && reader.number(into.size) &&
                    reader.number(modified) && reader.number(changed);
  into.modified_ns = static_cast<std::int64_t>(modified);
  into.changed_ns = static_cast<std::int64_t>(changed);
  return fine;
}

/// One fact and its path; nothing for what is none.
std::optional<std::pair<std::string, Fact>> read_fact(Reader& reader) {
  constexpr std::string_view answers = "adlecp";
  if (reader.rest().empty() || answers.find(reader.rest().front()) == std::string_view::npos) return std::nullopt;
  Fact fact{.answer = static_cast<Answer>(reader.rest().front())};
  reader.take(reader.rest().substr(0, 1));
  if (!reader.take(" ") || !reader.number(fact.hash)) return std::nullopt;
  if (reader.take("s ") && !read_signature(reader, fact.signature.emplace())) return std::nullopt;
  if (!reader.take("= ")) return std::nullopt;
  const auto path = reader.line();
  if (!path) return std::nullopt;
  return std::pair(std::string(*path), fact);
}

Command command_on(const std::string& screen, const std::vector<std::string>& arguments, const std::string& program) {
  Command command{.text = program};
  const auto add = [&](const std::string& part) { command.text += '\0' + part; };
  std::error_code error;
  add(fs::current_path(error));
  add(screen);
  for (const char* each : variables) add(value_of(each));
  for (const std::string& each : arguments) add(each);
  if (const fs::path folder = cache_folder(); !folder.empty()) {
    // Twice with another beginning: two commands in one file would only replace each other, but for ever.
    command.file =
        folder / (hexadecimal(hash_of(command.text)) + hexadecimal(hash_of("farcall" + command.text)) + ".stamp");
  }
  return command;
}

}  // namespace

std::filesystem::path cache_folder() {
  const char* const cache = std::getenv("XDG_CACHE_HOME");
  if (cache != nullptr && *cache == '/') return fs::path(cache) / "farcall";
  const char* const home = std::getenv("HOME");
  return home != nullptr && *home == '/' ? fs::path(home) / ".cache/farcall" : fs::path();
}

Command command_of(const std::vector<std::string>& arguments, const std::string& program) {
  return command_on(terminal(), arguments, program);
}

Command command_of_part(const std::vector<std::string>& what, const std::string& program) {
  return command_on({}, what, program);
}

std::optional<Stamp> true_stamp(const Command& command, std::string& why_not) {
  const std::optional<std::string> text = command.file.empty() ? std::nullopt : read_stamp(command.file);
  why_not = "there is no stamp of an earlier run";
  if (!text) return std::nullopt;
  Reader reader(*text);
  if (!reader.take(format) || !reader.take(std::to_string(command.text.size()) + "\n" + command.text + "\n"))
    return std::nullopt;
  Stamp stamp;
  while (!reader.take("printed\n")) {
    const auto fact = read_fact(reader);
    if (!fact) return std::nullopt;
    if (!holds(fact->first, fact->second)) {
      why_not = "'" + fact->first + "' is not as it was";
      return std::nullopt;
    }
    stamp.facts.add(fact->first, fact->second);
  }
  std::string_view printed = reader.rest();
  if (!printed.ends_with("end\n")) return std::nullopt;
  printed.remove_suffix(4);
  stamp.printed = printed;
  return stamp;
}

std::string stamp_text(const Command& command, const Facts& facts, const std::string& printed) {
  std::string text(format);
  text += std::to_string(command.text.size()) + "\n" + command.text + "\n";
  for (const auto& [path, fact] : facts.all()) text += text_of(path, fact);
  return text + "printed\n" + printed + "end\n";
}

void forget_old_stamps(const Command& command) {
  constexpr std::size_t most = 1000;
  constexpr std::size_t forgotten = 250;
  std::vector<std::pair<fs::file_time_type, fs::path>> stamps;
  std::error_code error;
  for (const fs::directory_entry& each : fs::directory_iterator(fs::path(command.file).parent_path(), error))
    if (each.path().extension() == ".stamp") stamps.emplace_back(each.last_write_time(error), each.path());
  if (stamps.size() <= most) return;
  std::ranges::nth_element(stamps, stamps.begin() + forgotten);
  for (std::size_t index = 0; index < forgotten; ++index) fs::remove(stamps[index].second, error);
}

}  // namespace farcall
