// How the client's functions make a call, for those of its twin, which make it in two halves.
//
//   write_arguments(interface, method, 4)   // "ThermostatMarshalling::write_history_arguments(call.arguments(),
//   sensor);"
#pragma once

#include <cstddef>
#include <string>

#include "plan/plan.h"

namespace farcall {

/// Empty for a method that takes nothing. `indent` is where the line will stand.
std::string write_arguments(const InterfacePlan& interface, const MethodPlan& method, std::size_t indent);

/// "start<double>()", "start()", or "start(&ThermostatMarshalling::read_adjust_reply)" for a reply of several values,
/// where `how` is "start".
std::string awaiting(const InterfacePlan& interface, const MethodPlan& method, const std::string& how);

/// Puts the reply, which that expression is, where the caller wants it.
std::string hand_out(const InterfacePlan& interface, const MethodPlan& method, const std::string& reply,
                     std::size_t indent);

}  // namespace farcall
