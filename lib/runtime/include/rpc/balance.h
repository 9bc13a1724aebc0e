// How the calls of a channel to several servers are spread over them, see docs/many-servers.md.
//
//   rpc::Channel channel = rpc::connect("tcp://a:7000,b:7000,c:7000", {.balance = {.hedge_percentile = 95}});
#pragma once

#include <rpc/duration.h>

namespace rpc {

/// Of a channel; constant once it exists. Without effect where there is one server.
struct BalanceOptions {
  /// Calls that may be sent a second time, in per cent of all calls: idempotent ones that failed for what their server
  /// is to blame for, or that are hedged. 0: none, and calls are not hedged either.
  unsigned retry_percent = 10;

  /// When an idempotent call that has no reply yet is sent to a second server, too; the first reply counts, and the
  /// other server is asked to stop. 0: never, or when `hedge_percentile` says.
  std::chrono::nanoseconds hedge_after{0};

  /// The same when it takes longer than this per cent of the calls answered lately, and `hedge_after` at least. 0: off.
  unsigned hedge_percentile = 0;

  /// Of an address with a single host: each of the addresses that its name has is a server of its own, as in a list.
  bool every_address = false;
};

}  // namespace rpc
