// What became of [[rpc::maybe]] calls, which tell nobody themselves, and how often calls to several servers were sent.
//
//   const rpc::ChannelCounters counters = channel.counters();
//   if (counters.dropped() != 0) std::cerr << counters.dropped_congested << " calls were made faster than sent\n";
#pragma once

#include <cstdint>

namespace rpc {

/// Of one channel, since it was made. Each maybe call is in one of the first five.
struct ChannelCounters {
  std::uint64_t datagrams_sent = 0;     ///< Given to the network, as one datagram each.
  std::uint64_t frames_sent = 0;        ///< Given to the connection.
  std::uint64_t dropped_offline = 0;    ///< There was no connection, or it was lost before the call could be sent.
  std::uint64_t dropped_congested = 0;  ///< Too much waited to be sent.
  std::uint64_t dropped_refused = 0;    ///< The system took no datagram, or the server not the interface.

  std::uint64_t probes_sent = 0;      ///< Datagrams that ask whether datagrams arrive.
  std::uint64_t probes_answered = 0;  ///< Zero in spite of probes: datagrams are blocked, calls travel as frames.

  /// Of `datagrams_sent`, what the server had accepted when it answered the last probe.
  std::uint64_t datagrams_heard = 0;

  // Of calls with a reply, on a channel to several servers.
  std::uint64_t attempts = 0;         ///< Sent to a server: once for each call, and the next two.
  std::uint64_t retries = 0;          ///< Sent again, since the last attempt failed.
  std::uint64_t hedges = 0;           ///< Sent to a second server, since the first took long.
  std::uint64_t retries_refused = 0;  ///< Not sent again: BalanceOptions::retry_percent was used up.
  std::uint64_t ejections = 0;        ///< A server got no calls for a while, since its calls failed.

  std::uint64_t dropped() const noexcept { return dropped_offline + dropped_congested + dropped_refused; }
};

/// Of one server, since it was made: calls without a reply, and datagrams that were none of those.
struct ServerCounters {
  std::uint64_t datagrams_received = 0;  ///< Calls that were dispatched.
  std::uint64_t frames_received = 0;     ///< Calls that were dispatched.
  std::uint64_t probes_received = 0;

  // Datagrams that nobody looked at further.
  std::uint64_t ignored_foreign = 0;    ///< Of another protocol, or random.
  std::uint64_t ignored_truncated = 0;  ///< Bytes were missing, or it was longer than Limits::max_datagram.
  std::uint64_t ignored_forged = 0;     ///< No connection has its token (any more), or one of another address.
  std::uint64_t ignored_replayed = 0;   ///< It had arrived already, or thousands of later ones had.

  // Calls, as datagrams or frames.
  std::uint64_t ignored_unbound = 0;     ///< Of no method that is served, or in an encoding that is not bound.
  std::uint64_t ignored_overloaded = 0;  ///< Limits::max_in_flight was reached.
  std::uint64_t ignored_stopping = 0;    ///< The server was stopping.
  std::uint64_t ignored_denied = 0;      ///< The hook of Server::authorize() did not allow them.

  /// Datagrams that the system dropped, since they came faster than they were read.
  std::uint64_t overrun = 0;
};

}  // namespace rpc
