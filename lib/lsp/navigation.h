// What can be told about the interfaces of a header without asking Clang again.
//
//   std::optional<HoverText> text = hover_on_name(state, offset);
//   for (const Symbol& interface : symbols_of(state)) …
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lsp/header_state.h"
#include "lsp/positions.h"

namespace farcall::lsp {

/// The runtime's, where no rpc::timeout says otherwise.
inline constexpr const char* default_deadline = "10s";

struct HoverText {
  Range range;
  std::string markdown;
};

/// For the name of an attribute, which needs nothing but the text.
std::optional<HoverText> hover_on_attribute(std::string_view text, std::uint32_t offset);

/// For the name of a method or of an interface.
std::optional<HoverText> hover_on_name(const HeaderState& state, std::uint32_t offset);

struct Symbol {
  std::string name;
  std::string detail;
  bool is_interface = false;
  Range range;
  Range name_range;
  std::vector<Symbol> members;
};

/// The interfaces of the header itself, with the remote methods that they declare.
std::vector<Symbol> symbols_of(const HeaderState& state);

struct Lens {
  enum class Deed : std::uint8_t { generate, open_stub, open_contract };

  Range range;
  std::string title;
  Deed deed = Deed::generate;
  std::string shown = {};  ///< of the stub: a class, with its namespaces
  bool operator==(const Lens&) const = default;
};

/// Above each interface.
std::vector<Lens> lenses_of(const HeaderState& state);

/// The first finding that a header breaks its frozen contract; null: it does not.
const Finding* broken_promise(const Outcome& outcome);

}  // namespace farcall::lsp
