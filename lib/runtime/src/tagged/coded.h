// Values whose encoding a user wrote, in the tagged encoding.
//
//   case Kind::coded: read_coded(in, field, value, span);
#pragma once

#include "tagged/scan.h"

namespace rpc::tagged {

/// Reads the message of a value of Kind::coded.
void read_coded(Input& in, const Field& field, void* object, Span body);

}  // namespace rpc::tagged
