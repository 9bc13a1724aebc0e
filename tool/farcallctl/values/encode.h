// JSON as a call's arguments in the tagged encoding, by the contract.
//
//   encode_arguments(contract, method, json::parse(R"({"sensor": "roof", "days": 7})"))    // 0a 04 72 6f 6f 66 10 0e
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "model/frozen.h"

namespace farcall::ctl {

/// `arguments` is an object by names or an array in the order of the parameters; null is none. What has a default that
/// the server knows may be missing, and so may fields of records, which then are those of a new object. Throws
/// BadValue.
std::string encode_arguments(const Frozen& contract, const FrozenMethod& method, const nlohmann::json& arguments);

}  // namespace farcall::ctl
