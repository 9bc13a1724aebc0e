// The fingerprint of an interface: a hash over everything that decides the bytes of its calls. Two ends with the same
// fingerprint can use the exact encoding; docs/protocol.md gives the description it is computed from.
//
//   fingerprint(contract, thermostat)      // 0x5d1f02c4a9e1b377
#pragma once

#include <cstdint>
#include <string>

#include "model/contract.h"

namespace farcall {

/// What travels, and nothing else: names and numbers of methods, directions and types of parameters, and all records
/// and enums these can hold. Modes, deadlines, names of parameters, const and comments are local choices.
std::string describe_wire(const Contract& contract, const Interface& interface);

/// FNV-1a, 64 bits, of describe_wire().
std::uint64_t fingerprint(const Contract& contract, const Interface& interface);

/// As people see one, and generated code: "0x5d1f02c4a9e1b377".
std::string spell_fingerprint(std::uint64_t fingerprint);

}  // namespace farcall
