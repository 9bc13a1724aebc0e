// What a contract's records are made of: their fields through all bases, what they refer to, and who contains itself.
//
//   fields_of(contract, reading)     // {{"value.home::Stamped::at", …}, {"value.celsius", …}}
#pragma once

#include <set>
#include <string>
#include <vector>

#include "model/contract.h"
#include "plan/layout.h"

namespace farcall {

/// The fields as items of an object called `value`: its bases' first, named through the base, then its own.
std::vector<Item> fields_of(const Contract& contract, const Record& record);

/// The names of all records and enums whose values a value of these types can hold, at any depth.
struct Reached {
  std::set<std::string> records;
  std::set<std::string> enums;
};
Reached reach(const Contract& contract, const std::vector<Type>& types);

/// Whether a value of this record can hold another value of it: struct Tree { std::vector<Tree> children; }.
bool on_cycle(const Contract& contract, const Record& record);

}  // namespace farcall
