// The asynchronous twin of an interface: rpc::async_uuid, with identities that nobody else has.
//
//   if (const auto change = new_twin(contract, interface, file)) …   // give 'Lamp' an asynchronous twin
#pragma once

#include <optional>

#include "lsp/refactoring.h"

namespace farcall::lsp {

/// Nothing for an interface that has one. Its UUIDs are random, version 4 of RFC 9562.
std::optional<Refactoring> new_twin(const HeaderNow& header, const Interface& interface);

}  // namespace farcall::lsp
