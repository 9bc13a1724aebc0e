// What a selection of messages means, whoever keeps them: a queue of ours, or a broker.
//
//   check(selection);                                    // throws Error for what selects nothing or twice
//   if (is_of(filter.method, "home::Thermostat", "record")) …
#pragma once

#include <rpc/error.h>
#include <rpc/queue_control.h>

#include <string>

namespace rpc::queue {

/// Throws Error (malformed).
inline void check(const QueueSelection& selection) {
  if (selection.ids.empty() != selection.matching.has_value())
    throw Error(Code::malformed, "messages are either named by their ids or selected by what they have in common");
}

/// QueueFilter::method: an interface, a method, both with a dot between, or everything.
inline bool is_of(const std::string& wanted, const std::string& interface, const std::string& method) {
  return wanted.empty() || wanted == method || wanted == interface || wanted == interface + "." + method;
}

}  // namespace rpc::queue
