// The part of planning that concerns asynchronous twins.
//
//   planned.twin = plan_twin(hygiene, interface);       // "AsyncThermostat", with Begin_target and Finish_target
#pragma once

#include <optional>
#include <string>

#include "plan/hygiene.h"
#include "plan/plan.h"

namespace farcall {

/// The UUID of that kind in lower case; empty if the interface has none.
std::string plan_uuid(const Interface& interface, AttributeKind kind);

/// Nothing without rpc::async_uuid.
std::optional<TwinPlan> plan_twin(const Hygiene& hygiene, const Interface& interface);

/// How the generated header includes that of a header with the base of a twin: "device.rpc.h". Beside the header, or
/// all of them in `out_dir`.
std::string include_of_base(const std::string& base_header, const std::string& header, const std::string& out_dir);

}  // namespace farcall
