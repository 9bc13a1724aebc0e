// `farcall rewrite --extract-interface`: makes an annotated abstract class of what a concrete class offers.
//
//   Parsed<NewInterface> order = parse_new_interface("home::Hall=Room");
//   std::vector<Edit> edits = extraction(hall, *order.value, text);
//       // class [[rpc::interface]] Room { … };   class Hall : public Room { … override …
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/attributes.h"
#include "model/contract.h"

namespace farcall {

struct NewInterface {
  std::string from;  ///< qualified name of the class: "home::Hall"
  std::string name;  ///< of the new one, which stands before it: "HallInterface"
};

/// Reads "home::Hall", which makes a HallInterface, or "home::Hall=Room".
Parsed<NewInterface> parse_new_interface(std::string_view text);

/// Why no interface can be made of the class; empty if one can. `text` is its header.
std::string obstacle_to(const NewInterface& order, const Interface& from, std::string_view text);

/// Writes the new class, lets the other one derive from it, and marks what overrides. The new one has all public
/// methods that the other declares itself but those that are local, with their attributes and those of the class. If
/// that was remote itself, the new one has its name on the wire.
std::vector<Edit> extraction(const Interface& from, const NewInterface& order, std::string_view text);

/// What to delete to remove the attributes that are left in the class itself; one out of a macro is not known().
std::vector<SourceRef> removals(const Interface& from);

}  // namespace farcall
