// What a run learned from the file system: what it read, and what it looked for and did not find. If all of it is still
// true, the same run would come to the same end.
//
//   facts.add("/home/me/thermostat.h", {.answer = Answer::contents, .hash = hash_of(text)});
//   facts.add("/home/me/inc/vector", {.answer = Answer::absent});     // a file there would be found first
//   if (holds("/home/me/thermostat.h", fact)) …
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace farcall {

enum class Answer : char {
  absent = 'a',
  folder = 'd',
  listing = 'l',   ///< of a folder, whose entries have this hash
  exists = 'e',    ///< and is no folder
  contents = 'c',  ///< with this hash
  program = 'p',   ///< part of the tool itself, told by its signature alone
};

/// What changes when a file changes. Nobody can set `changed_ns`, the time of the last change by the clock of the file
/// system: a later change has a later one, unless both are in the same tick of that clock.
struct Signature {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t size = 0;
  std::int64_t modified_ns = 0;
  std::int64_t changed_ns = 0;
  bool operator==(const Signature&) const = default;
};

std::optional<Signature> signature_of(const std::string& path);

struct Fact {
  Answer answer = Answer::absent;
  std::uint64_t hash = 0;
  std::optional<Signature> signature = {};  ///< contents: the file has not changed while it has this
  bool operator==(const Fact&) const = default;
};

/// 64 bits. Good against accidents, not against somebody who wants a collision.
std::uint64_t hash_of(std::string_view text);

/// Of the names in a folder, in any order; nothing if it cannot be listed.
std::optional<std::uint64_t> hash_of_listing(const std::string& folder);

/// Whether a fact is still true.
bool holds(const std::string& path, const Fact& fact);

/// The facts of one run, by absolute path. Not for several threads at once.
class Facts {
 public:
  /// Two facts that cannot both be true spoil all: something changed meanwhile.
  void add(const std::string& path, Fact fact);

  /// The contents of a file that is read elsewhere at about the same time.
  void add_file(const std::string& path);

  void merge(const Facts& others);

  /// Nothing may be concluded from these facts, because of this.
  void spoil(const std::string& why) { problem_ = why; }
  [[nodiscard]] const std::string& problem() const { return problem_; }

  /// To be called at the end of a run that began at that time, in nanoseconds since 1970: files that had been unchanged
  /// for two seconds then, and are the ones that were read, will be known by their signature.
  void sign(std::int64_t began_ns);

  [[nodiscard]] const std::map<std::string, Fact>& all() const { return facts_; }

 private:
  std::map<std::string, Fact> facts_;
  std::string problem_;
};

}  // namespace farcall
