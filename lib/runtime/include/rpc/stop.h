// Lets a std::stop_token cancel calls. Apart from <rpc/stub.h>, so that only those pay for <stop_token> who use it.
//
//   std::stop_source stop;
//   thermostat.with({.stop_token = stop.get_token()}).history("hall", 7);   // Code::cancelled after
//   stop.request_stop()
#pragma once

#include <rpc/options.h>

#include <stop_token>

namespace rpc {

template <>
inline constexpr bool is_stop_token<std::stop_token> = true;

}  // namespace rpc
