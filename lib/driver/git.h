// What git keeps of earlier versions of a header.
//
//   Revision revision("v1.2", "include/thermostat.h");
//   if (auto text = revision.show("thermostat.rpc.json")) …
#pragma once

#include <optional>
#include <string>

namespace farcall {

class Revision {
 public:
  /// A revision of the repository in which `header` is.
  Revision(std::string name, const std::string& header);

  /// Whether git knows it.
  [[nodiscard]] bool exists() const;

  /// A file as it was then, beside the header; nothing if it was not there.
  [[nodiscard]] std::optional<std::string> show(const std::string& name) const;

  /// The root of the working tree, absolute, without a slash at the end; empty if there is none.
  [[nodiscard]] std::string root() const;

  /// Puts all files as they were then into an existing folder, as they are below root(). False if that fails.
  [[nodiscard]] bool unpack(const std::string& folder) const;

 private:
  [[nodiscard]] std::optional<std::string> git(const std::vector<std::string>& arguments) const;

  std::string name_;
  std::string folder_;  // of the header
};

}  // namespace farcall
