// The options of the queue commands.
#pragma once

#include "arguments.h"

namespace farcall::ctl {

inline constexpr Option dir_option{"--dir", "/var/lib/thermostat/queue"};
inline constexpr Option dead_option{"--dead"};
inline constexpr Option all_option{"--all"};
inline constexpr Option yes_option{"--yes"};
inline constexpr Option box_option{"--box", "outbox"};
inline constexpr Option to_option{"--to", "tcp://127.0.0.1:7000"};
inline constexpr Option from_option{"--from", "5f0c"};
inline constexpr Option method_option{"--method", "home::Thermostat.record"};
inline constexpr Option limit_option{"--limit", "1000"};
inline constexpr Option contract_option{"--contract", "thermostat.rpc.json"};
inline constexpr Option server_option{"--server", "tcp://127.0.0.1:7000"};

}  // namespace farcall::ctl
