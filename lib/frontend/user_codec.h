// Finds the encodings that users wrote themselves.
//
//   template <> struct rpc::Codec<geo::Angle> : rpc::CustomCodec<geo::Angle> { … };
//   find_user_codec(scope, angle)   // UserCodec{.version = 0}
#pragma once

#include <optional>

#include "frontend/scope.h"
#include "model/contract.h"

namespace farcall {

/// A full or partial specialisation of rpc::Codec for the type that the header sees; not one of the runtime's own.
std::optional<UserCodec> find_user_codec(Scope& scope, clang::QualType type);

}  // namespace farcall
