// What the user wants of warnings: off, on, or errors. Errors are errors whatever anybody wants.
//
//   Warnings warnings;
//   warnings.add("no-noexcept-method");       // -Wno-noexcept-method
//   warnings.apply(findings);
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/finding.h"

namespace farcall {

class Warnings {
 public:
  /// Takes what stands behind -W: "ID" and "no-ID" turn a warning on and off, "error=ID" and "no-error=ID" make it an
  /// error or not, "error" and "no-error" all that are on. What comes later wins; an ID wins over all.
  /// Returns what is wrong with the option; empty if nothing is.
  std::string add(std::string_view option);

  /// Removes the warnings that are off, and makes those errors that shall be errors.
  void apply(std::vector<Finding>& findings) const;

 private:
  struct Choice {
    bool is_on = true;
    std::optional<bool> is_error = std::nullopt;
  };

  bool all_are_errors_ = false;
  std::map<std::string, Choice, std::less<>> choices_;
};

}  // namespace farcall
