// What a call carries as JSON, by the contract: its arguments, and its reply.
//
//   decode_reply(contract, method, bytes)          //
//   [{"sensor":"roof","celsius":21.5,"at":"2026-01-01T00:00:00.000Z"}]
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

#include "model/frozen.h"

namespace farcall::ctl {

/// The result; with outputs an object with `result` and the outputs by their names; null if there is nothing. Fields
/// that the contract does not know are left out. Throws BadValue for bytes that are no such reply.
nlohmann::ordered_json decode_reply(const Frozen& contract, const FrozenMethod& method, std::string_view reply);

/// The arguments by the names of the parameters. Those that the message does not have are left out.
nlohmann::ordered_json decode_arguments(const Frozen& contract, const FrozenMethod& method, std::string_view arguments);

}  // namespace farcall::ctl
