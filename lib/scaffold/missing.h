// The methods that a class of the user's lacks, since the interface grew or the class is new, and includes for what is
// written.
//
//   for (const Edit& each : missing_methods(unfinished, text)) apply(each);      // the class compiles
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/contract.h"

namespace farcall {

/// Defines them at the end of the last public part of the class, in the way of method_to_write(), and includes what
/// they throw. `text` is that of the file.
std::vector<Edit> missing_methods(const Unfinished& unfinished, const std::string& text);

/// Includes what the text does not include yet, in a place that fits; nothing: it includes all of it.
std::optional<Edit> inclusions(const std::vector<std::string>& headers, const std::string& file,
                               const std::string& text);

}  // namespace farcall
