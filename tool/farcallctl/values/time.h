// Durations and points in time as people write them.
//
//   to_json(milliseconds, number, place)                 // "250ms"
//   time_from(sys_milliseconds, "2026-01-01T00:00:00Z", place)
#pragma once

#include <nlohmann/json.hpp>

#include "model/type.h"
#include "values/message.h"
#include "values/place.h"

namespace farcall::ctl {

/// Ticks as a number, or "1h30m15.5s": whole or decimal numbers with the units ns, us, ms, s, min, h, d. What is no
/// whole number of ticks is refused.
Number duration_from(const DurationOf& type, const nlohmann::json& json, const Place& place);

/// "250ms" for the periods that have a unit, else the ticks.
nlohmann::ordered_json to_json(const DurationOf& type, const Number& number, const Place& place);

/// Of the system clock and of local time ISO 8601: "2026-01-01T00:00:00.250Z", "2026-01-01" where ticks are days; a
/// time needs Z or an offset, and a local one has none. Of other clocks the duration since their epoch. Ticks as a
/// number always.
Number time_from(const TimePointOf& type, const nlohmann::json& json, const Place& place);
nlohmann::ordered_json to_json(const TimePointOf& type, const Number& number, const Place& place);

}  // namespace farcall::ctl
