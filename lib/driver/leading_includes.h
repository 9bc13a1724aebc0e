// The part of a header that can be parsed apart from the rest of it.
#pragma once

#include <string>

namespace farcall {

/// A line `#include <…>` for each one that the text of a header begins with, as long as nothing comes before it but
/// comments, `#pragma once` and the beginning of an include guard: what these lines mean does not depend on the header.
std::string leading_includes(const std::string& text);

}  // namespace farcall
