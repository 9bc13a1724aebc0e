// The part of planning that concerns one method.
//
//   MethodPlan planned = plan_method({contract, hygiene, interface, frozen}, method, 3, "history");
#pragma once

#include <cstdint>
#include <string>

#include "plan/hygiene.h"
#include "plan/plan.h"

namespace farcall {

struct MethodContext {
  const Contract& contract;
  const Hygiene& hygiene;
  const Interface& interface;
  const FrozenInterface& frozen;
};

/// Whether the interface's client derives from it; if not, it only has the same members.
bool client_derives(const Interface& interface);

MethodPlan plan_method(const MethodContext& context, const Method& method, std::uint16_t index, const std::string& id);

/// The lines of a comment, without blank ones at either end.
std::vector<std::string> lines(const std::string& text);

}  // namespace farcall
