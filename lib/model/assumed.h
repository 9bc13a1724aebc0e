// Classes that are read as interfaces whether an attribute says so or not: those that somebody wants to make one of.
//
//   RunOptions options{.assumed = {.names = {"home::Thermostat"}}};
#pragma once

#include <cstdint>
#include <set>
#include <string>

namespace farcall {

struct Assumed {
  std::set<std::string> names = {};  ///< qualified
  std::uint32_t line = 0;            ///< of the header: the class whose name stands in it, too; 0: none
};

}  // namespace farcall
