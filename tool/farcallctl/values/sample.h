// Arguments to begin with: what somebody changes who has never called the method.
//
//   sample_arguments(contract, method).dump()      // {"sensor":"","days":0}
#pragma once

#include <nlohmann/json.hpp>

#include "model/frozen.h"

namespace farcall::ctl {

/// One value for each parameter that goes in, of the right form, which encode_arguments() takes.
nlohmann::ordered_json sample_arguments(const Frozen& contract, const FrozenMethod& method);

}  // namespace farcall::ctl
