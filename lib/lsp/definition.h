// From generated code to the header that it was made from, and back. A name is followed only where the other file has
// it still: neither has to be up to date with the other.
//
//   for (const Place& each : places_in_header(*state, text, offset, read)) offer(each);
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lsp/generated_code.h"
#include "lsp/header_state.h"
#include "lsp/positions.h"

namespace farcall::lsp {

struct Place {
  std::string path;
  Range range;
  bool operator==(const Place&) const = default;
};

/// What the name at a place of a generated file is made from: an interface, a method, all overloads where there are
/// several, a struct or an enum. It may be in a file that the header includes.
std::vector<Place> places_in_header(const HeaderState& state, std::string_view generated, std::uint32_t offset,
                                    const ReadText& read);

/// What is made of the interface or method at a place of the header: in its client, then in its service.
std::vector<Place> places_in_code(const HeaderState& state, std::uint32_t offset, const std::string& stub,
                                  const ReadText& read);

/// Where generated code declares a class, "home::LampClient"; nothing if it does not.
std::optional<Range> place_of_class(std::string_view generated, const std::string& name);

}  // namespace farcall::lsp
