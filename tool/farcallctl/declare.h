// An interface as C++ would declare it, for people to read.
//
//   std::cout << declare(contract, contract.interfaces.front());
#pragma once

#include <string>

#include "model/frozen.h"

namespace farcall::ctl {

/// The interface with all its methods, or with that one only, and the types it refers to. Numbers are behind each line:
/// of methods, of fields, and of parameters where they are not in order.
std::string declare(const Frozen& contract, const FrozenMethod* only = nullptr);

}  // namespace farcall::ctl
