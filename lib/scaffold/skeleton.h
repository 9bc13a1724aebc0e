// Code that Farcall writes once, for the user to go on with: unlike generated code it is never written again. Here the
// class that serves an interface, and the methods that one lacks.
//
//   if (obstacle_to_serving(contract, interface).empty()) offer(server_class(contract, interface));
//   // class LampServer final : public Lamp { … void turn(bool /*on*/) override { throw std::logic_error(…); } };
#pragma once

#include <string>
#include <vector>

#include "model/contract.h"
#include "model/generated_file.h"
#include "plan/hygiene.h"

namespace farcall {

/// Those that a class has to override before there can be an object of it.
std::vector<const Method*> pure_methods(const Interface& interface);

/// Why there is no class to write for it, as one says it to the user; empty: there is. The interface is of the
/// contract.
std::string obstacle_to_serving(const Contract& contract, const Interface& interface);

/// A header for beside that of the contract, with a class that can be served and whose methods all throw. It compiles
/// without warnings. The contract has no errors, and nothing is in the way.
GeneratedFile server_class(const Contract& contract, const Interface& interface);

/// What defines a method inside of a class, on lines of their own that begin with `indent`. It throws, which a caller
/// hears of, a message is kept for, and the server logs; a method that must not throw ends the program. `hygiene` is
/// that of the place.
std::string method_to_write(const Method& method, const std::string& class_name, const std::string& indent,
                            const Hygiene& hygiene);

}  // namespace farcall
