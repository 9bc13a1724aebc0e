// The statements that write or read a layout, in the order of the exact encoding (docs/protocol.md). They use a Writer
// or Reader called `at`.
//
//   at.room(9 + bound(value.sensor));
//   Bits bits;
//   bits.set(0, value.indoor);
//   at.put(bits);
//   at.put(value.celsius);
//   at.put(value.sensor);
#pragma once

#include <cstddef>
#include <string>

#include "plan/layout.h"

namespace farcall {

/// Where the statements stand: how the runtime's names are reached from there, and how far in they begin.
struct StatementPlace {
  std::string runtime;  ///< "" inside of namespace rpc, else "::rpc::"
  std::size_t indent = 0;
};

std::string encode_statements(const Layout& layout, const StatementPlace& place);
std::string decode_statements(const Layout& layout, const StatementPlace& place);

}  // namespace farcall
