// Names for a .proto: C++ allows more of them, and protoc wants names that differ in more than case and underscores.
//
//   ProtoNames types("home");
//   types.add("home::Reading")          // "Reading"; "Reading_" if that was taken
#pragma once

#include <set>
#include <string>

namespace farcall {

/// The names of one scope.
class ProtoNames {
 public:
  /// A name like `wanted` that no name of the scope could be mistaken for.
  std::string add(const std::string& wanted);

 private:
  std::set<std::string> taken_;  // as JSON names, all in lower case
};

/// "PairTextInt32" for "pair<text, int32>": the words of a description of a type, run together.
std::string run_together(const std::string& description);

}  // namespace farcall
