// Stable numbers for everything that travels under one: methods, parameters, fields and bases.
//
//   Frozen now = freeze(contract, nullptr);      // in the order of declaration, from 1
//   Frozen next = freeze(changed, &now);         // what is left keeps its number, what is new gets a new one
#pragma once

#include "model/frozen.h"

namespace farcall {

/// The contract with numbers. Names that `previous` knows keep theirs; names that are gone leave a tombstone; a new
/// name gets the number above all that were ever used. Numbers that protobuf keeps for itself are left out. A record
/// that is not used any more is forgotten: nothing refers to its numbers.
Frozen freeze(const Contract& contract, const Frozen* previous);

/// The number of an output in the reply, where the result is 1.
inline std::uint32_t reply_number(const FrozenParameter& parameter) { return parameter.number + 1; }

}  // namespace farcall
