#include "stamp/facts.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

namespace farcall {
namespace {

constexpr std::int64_t second_ns = 1'000'000'000;
constexpr std::int64_t slowest_clock_ns = 2 * second_ns;  // FAT counts in steps of two seconds

std::int64_t ns_of(const timespec& time) { return time.tv_sec * second_ns + time.tv_nsec; }

Signature signature_from(const struct stat& status) {
  return {.device = status.st_dev,
          .inode = status.st_ino,
          .size = static_cast<std::uint64_t>(status.st_size),
          .modified_ns = ns_of(status.st_mtim),
          .changed_ns = ns_of(status.st_ctim)};
}

std::optional<std::string> contents_of(const std::string& path) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return std::nullopt;
  std::string contents;
  char chunk[65536];
  ssize_t count = 0;
  while ((count = read(descriptor, chunk, sizeof chunk)) > 0 || (count < 0 && errno == EINTR))
    if (count > 0) contents.append(chunk, static_cast<std::size_t>(count));
  close(descriptor);
  return count == 0 ? std::optional(std::move(contents)) : std::nullopt;
}

bool has_contents(const std::string& path, std::uint64_t hash) {
  const std::optional<std::string> contents = contents_of(path);
  return contents && hash_of(*contents) == hash;
}

/// How much a fact says: reading a file says more than seeing that it exists.
int weight(Answer answer) {
  switch (answer) {
    case Answer::contents:
    case Answer::listing:
    case Answer::program: return 2;
    case Answer::exists:
    case Answer::folder: return 1;
    default: return 0;
  }
}

bool is_folder(Answer answer) { return answer == Answer::folder || answer == Answer::listing; }

bool contradict(const Fact& one, const Fact& other) {
  if ((one.answer == Answer::absent) != (other.answer == Answer::absent)) return true;
  if (is_folder(one.answer) != is_folder(other.answer)) return true;
  return one.answer == other.answer && one.hash != other.hash;
}

}  // namespace

std::uint64_t hash_of(std::string_view text) {
  constexpr std::uint64_t prime = 0x9E3779B97F4A7C15;
  std::uint64_t hash = text.size() * prime + 1;
  const auto mix = [&](std::uint64_t word) {
    hash = (hash ^ word) * prime;
    hash ^= hash >> 29;
  };
  for (; text.size() >= sizeof(std::uint64_t); text.remove_prefix(sizeof(std::uint64_t))) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data(), sizeof word);
    mix(word);
  }
  std::uint64_t rest = 0;
  if (!text.empty()) std::memcpy(&rest, text.data(), text.size());
  mix(rest);
  return (hash ^ hash >> 32) * prime;
}

std::optional<std::uint64_t> hash_of_listing(const std::string& folder) {
  DIR* const stream = opendir(folder.c_str());
  if (stream == nullptr) return std::nullopt;
  std::uint64_t sum = 0;  // so that their order does not count
  while (const dirent* entry = readdir(stream)) sum += hash_of(entry->d_name);
  closedir(stream);
  return sum;
}

std::optional<Signature> signature_of(const std::string& path) {
  struct stat status{};
  if (stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  return signature_from(status);
}

bool holds(const std::string& path, const Fact& fact) {
  struct stat status{};
  const bool found = stat(path.c_str(), &status) == 0;
  if (fact.answer == Answer::absent) return !found && (errno == ENOENT || errno == ENOTDIR);
  if (!found || is_folder(fact.answer) != S_ISDIR(status.st_mode)) return false;
  const bool is_same = fact.signature && *fact.signature == signature_from(status);
  switch (fact.answer) {
    case Answer::contents: return is_same || has_contents(path, fact.hash);
    case Answer::program: return is_same;
    case Answer::listing: return hash_of_listing(path) == fact.hash;
    default: return true;
  }
}

void Facts::add(const std::string& path, Fact fact) {
  if (path.find('\n') != std::string::npos) spoil("a path has more than one line");
  const auto [known, is_new] = facts_.try_emplace(path, fact);
  if (is_new) return;
  if (contradict(known->second, fact)) spoil("'" + path + "' has changed meanwhile");
  if (weight(fact.answer) > weight(known->second.answer)) known->second = fact;
}

void Facts::add_file(const std::string& path) {
  const std::optional<std::string> contents = contents_of(path);
  if (contents)
    add(path, {.answer = Answer::contents, .hash = hash_of(*contents)});
  else
    add(path, {.answer = Answer::absent});
}

void Facts::merge(const Facts& others) {
  for (const auto& [path, fact] : others.facts_) add(path, fact);
  if (!others.problem_.empty()) spoil(others.problem_);
}

void Facts::sign(std::int64_t began_ns) {
  for (auto& [path, fact] : facts_) {
    if (fact.answer != Answer::contents && fact.answer != Answer::program) continue;
    const std::optional<Signature> now = signature_of(path);
    if (!now) spoil("'" + path + "' is no file any more, or no regular one");
    const bool is_old = now && std::max(now->changed_ns, now->modified_ns) < began_ns - slowest_clock_ns;
    const bool is_same =
        now && fact.signature && now->device == fact.signature->device && now->inode == fact.signature->inode;
    if (fact.answer == Answer::program && !is_old) spoil("'" + path + "' has just been made");
    fact.signature = is_old && (is_same || fact.answer == Answer::program) ? now : std::nullopt;
  }
}

}  // namespace farcall
