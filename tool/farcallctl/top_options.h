// What top has of its own: options, and what --help prints.
#pragma once

#include "arguments.h"

namespace farcall::ctl {

inline constexpr Option interval_option{"--interval", "2s"};
inline constexpr Option once_option{"--once"};

inline constexpr const char* top_help = R"(usage: farcallctl top <url> [options]

Shows what a server does: for each of its methods that was ever called how many calls end in a second, how many of them
with an error, how many run, and within which time half of them, and 99 of 100, were answered; the queue of its messages.
On a terminal it goes on until Ctrl-C.

  farcallctl top tcp://127.0.0.1:7000
  farcallctl top tcp://127.0.0.1:7000 --once --interval 10s
  farcallctl top tcp://127.0.0.1:7000 --json

  METHOD              the busiest first
  CALLS/S, ERRORS/S   that ended within the interval; errors are among the calls
  RUNNING             now, and for longer than some milliseconds, or waiting for something
  P50, P99            from when a request was read to when its reply was sent, estimated from buckets; of messages the time
                      of their handlers; maybe calls have none
  CALLS               since the server was made

Options
  --interval <time>  between two looks: 500ms, 10s; 1s if nothing is said
  --once             one table and no more, as where there is no terminal
  --json             the same as JSON, once
  --tls-ca <file>    of a tls:// server: whose certificates are trusted; without it the system's
  --tls-cert <file>  the certificate to show to it
  --tls-key <file>   the private key of that, if it is not in the same file

The server must describe itself: rpc::Server server({.reflection = true}).

Exit codes: 0 done; 1 the server cannot be asked (any more); 2 wrong use.
)";

}  // namespace farcall::ctl
