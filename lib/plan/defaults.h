// Default arguments that generated code can repeat because they mean the same wherever they stand.
//
//   repeatable_default(contract, parameter)     // "7", "\"hall\"", "home::Unit::celsius", "{}" or nothing
#pragma once

#include <string>

#include "model/contract.h"

namespace farcall {

/// The default argument for a generated declaration: a literal, `{}`, nullopt, or an enumerator named through its enum.
/// Empty for anything else (a constant, a call): it could be private, hidden, or another thing in the generated class.
std::string repeatable_default(const Contract& contract, const Parameter& parameter);

}  // namespace farcall
