// JSON from somebody else, as values: with a place for each mistake, and nothing that could exhaust the stack.
//
//   ParsedJson read = parse_json(text);
//   if (!read.problem.empty()) complain(read.problem);      // "line 1, column 7: unexpected '}'; expected a value"
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace farcall {

/// A value, or why there is none: a sentence without a full stop.
struct ParsedJson {
  nlohmann::json value;
  std::string problem;
};

/// Strict: one value, no key twice in an object, and no more than 200 values inside each other.
ParsedJson parse_json(std::string_view text);

}  // namespace farcall
