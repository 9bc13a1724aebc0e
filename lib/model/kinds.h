// The names of kinds of types, as descriptions and the frozen contract spell them.
//
//   name_of(SequenceKind::deque)              // "deque"
//   kind_called<Scalar>("float64")            // Scalar::float64
#pragma once

#include <optional>
#include <string_view>

#include "model/type.h"

namespace farcall {

std::string_view name_of(Scalar scalar);
std::string_view name_of(SequenceKind kind);
std::string_view name_of(MapKind kind);
std::string_view name_of(OptionalKind kind);
std::string_view name_of(VariantKind kind);
std::string_view name_of(AdaptorKind kind);

/// The kind with that name, if there is one.
template <class Kind>
std::optional<Kind> kind_called(std::string_view name) {
  for (unsigned value = 0; value < 256; ++value) {
    const std::string_view found = name_of(static_cast<Kind>(value));
    if (found.empty()) return std::nullopt;
    if (found == name) return static_cast<Kind>(value);
  }
  return std::nullopt;
}

}  // namespace farcall
