// What Farcall has at a broker: a quorum queue for each interface and priority in use, and one place for what could not
// be handled. docs/rabbitmq.md describes it.
//
//   declare_queue(link, queue_of("home::Thermostat", 0));
#pragma once

#include "link.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace rpc::amqp {

/// An exchange, and the queue at it: what was not handled.
inline constexpr std::string_view dead_letters = "farcall.dead";

/// "farcall.home::Thermostat", with another priority than 0 "farcall.home::Thermostat.7". Throws Error (too_large) for
/// a name that no queue can have.
std::string queue_of(std::string_view interface, int priority);

/// Makes them, if they are not there. Throws Error.
void declare_dead_letters(Link& link);

/// Makes it, and where its dead letters go, if they are not there. Gives how many consumers it has. Throws Error.
std::uint32_t declare_queue(Link& link, const std::string& name);

}  // namespace rpc::amqp
