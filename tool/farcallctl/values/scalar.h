// Numbers and enumerators in JSON and on the wire.
//
//   scalar_from(Scalar::int32, json, place)      // {bits of -3, varint}; throws "expected a whole number from …"
//   to_json(Scalar::int32, number, place)        // -3
#pragma once

#include <nlohmann/json.hpp>

#include "model/meaning.h"
#include "values/message.h"
#include "values/place.h"
#include "values/wide.h"

namespace farcall::ctl {

Wire wire_of(Scalar scalar);

Number scalar_from(Scalar scalar, const nlohmann::json& json, const Place& place);

/// Of a double, as JSON has none for them: "NaN", "Infinity", "-Infinity".
nlohmann::ordered_json to_json(Scalar scalar, const Number& number, const Place& place);

/// A whole number of that type, or a BadValue that says what its range is.
Number whole_from(Scalar scalar, Wide value, const Place& place);
bool is_signed(Scalar scalar);
bool is_floating(Scalar scalar);

/// By name or by value; of a flags enum also "read|write".
Number enum_from(const Enum& definition, const nlohmann::json& json, const Place& place);
nlohmann::ordered_json to_json(const Enum& definition, const Number& number);

/// The name of exactly this value, or of the flags that make it up; empty if there is none.
std::string name_of(const Enum& definition, std::int64_t value);

}  // namespace farcall::ctl
