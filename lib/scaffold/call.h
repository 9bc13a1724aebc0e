// A call of a method as it stands in a client's program, to begin with: the connection, the arguments, the call in the
// form that its mode asks for, and what happens if it fails.
//
//   if (std::optional<CallExample> example = call_example(interface, method)) offer(example->text());
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plan/plan.h"

namespace farcall {

/// Statements for the body of a function.
struct CallExample {
  std::string client;                 ///< "home::ThermostatClient"
  std::string before;                 ///< up to where the address is named
  std::string address;                ///< what is to be replaced
  std::string behind;                 ///< all that follows
  std::vector<std::string> includes;  ///< what it needs beside the generated header: "rpc/channel.h"

  [[nodiscard]] std::string text() const { return before + address + behind; }
};

/// It compiles where the generated header is included. Nothing for a method with a span of fixed extent, which has no
/// value to begin with.
std::optional<CallExample> call_example(const InterfacePlan& interface, const MethodPlan& method);

}  // namespace farcall
