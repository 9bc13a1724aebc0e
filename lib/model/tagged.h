// What protobuf makes of a type, as far as several steps have to know it; docs/protocol.md has the whole table.
//
//   is_single(of_vector(of_int()))      // false: a repeated field, which cannot be an element itself
#pragma once

#include "model/contract.h"

namespace farcall {

/// What stands for the type on the wire: the container inside a stack or a queue, else the type itself.
const Type& carried(const Type& type);

/// Lists and arrays of byte, uint8 and char8 travel as `bytes`.
bool is_bytes(const SequenceOf& sequence);

/// Whether any other number of elements is refused.
constexpr bool has_fixed_size(const SequenceOf& sequence) { return is_array(sequence.kind) || sequence.extent != 0; }

/// Whether an element that comes twice is refused.
bool is_set(SequenceKind kind);
bool is_multimap(MapKind kind);

/// Whether a value is one field of protobuf, and not several or perhaps none. What is not single is wrapped where
/// protobuf wants one value: in a list, in a map, in an optional, as an alternative.
bool is_single(const Type& type);

/// Whether the enum's values fit into an enum of protobuf, which has 32 bits and no combinations.
bool fits_proto_enum(const Enum& definition);

}  // namespace farcall
