// What --help prints.
#pragma once

#include <string>

namespace farcall::ctl {

/// Of the program as a whole.
std::string overview();

inline constexpr const char* ls_help = R"(usage: farcallctl ls <url> [options]

Lists the interfaces that a server serves, one a line.

  farcallctl ls tcp://127.0.0.1:7000

The server must describe itself: rpc::Server server({.reflection = true}).

Options
  --tls-ca <file>    of a tls:// server: whose certificates are trusted; without it the system's
  --tls-cert <file>  the certificate to show to it
  --tls-key <file>   the private key of that, if it is not in the same file

Exit codes: 0 done; 1 the server cannot be asked; 2 wrong use.
)";

inline constexpr const char* describe_help = R"(usage: farcallctl describe <url> [<interface>[.<method>]] [options]

Prints an interface, or all of them, as C++ would declare it, with every type that it refers to. The numbers behind the
lines are those of the wire. Of a method it also prints a call to begin with.

  farcallctl describe tcp://127.0.0.1:7000
  farcallctl describe tcp://127.0.0.1:7000 home::Thermostat.history
  farcallctl describe tcp://127.0.0.1:7000 home::Thermostat --json >running.json
  farcall compat thermostat.h --against=running.json       what would break the server that runs

Options
  --json             the contract of one interface as JSON
  --tls-ca <file>    of a tls:// server: whose certificates are trusted; without it the system's
  --tls-cert <file>  the certificate to show to it
  --tls-key <file>   the private key of that, if it is not in the same file

Exit codes: 0 done; 1 the server cannot be asked; 2 wrong use, or an interface or method that it does not have.
)";

inline constexpr const char* call_help = R"(usage: farcallctl call <url> <interface>.<method> [<arguments>] [options]

Calls a method and prints its result as JSON. With outputs it is an object of the result and the outputs by their names.
Methods that are rpc::maybe have no reply: 'sent' is printed when the server has read the call.

  farcallctl call unix:/run/t home::Thermostat.target
  farcallctl call unix:/run/t home::Thermostat.history '{"sensor": "roof", "days": 7}'
  farcallctl call unix:/run/t home::Thermostat.history '["roof", 7]' --deadline 250ms --pretty
  farcallctl call unix:/run/t home::Thermostat.record - <reading.json

Arguments
  an object by the names of the parameters, or an array in their order; '-' reads it from standard input. Parameters with a
  default argument may be left out, and so may fields of structs, which are then those of a new object.

  numbers, text, bool     as they are; "NaN", "Infinity", "-Infinity"
  enums                   the name of an enumerator, or its value; flags: "read|write"
  structs                 {"sensor": "roof", "celsius": 21.5}
  vectors, arrays, sets   [1, 2, 3]; of bytes: base64
  maps                    {"roof": 21.5}; with other keys [[1.5, "a"], …]
  optionals, pointers     null or the value
  tuples, pairs           [1, "a"]
  variants                {"int32": 1}, by the type; std::expected: {"value": 1} or {"error": 2}
  durations               "250ms", "1h30min", or a number of ticks
  points in time          "2026-01-31T12:00:00Z", or a number of ticks

Options
  --deadline <time>         how long the call may take: 250ms, 10s, none; the default is the method's
  --metadata <key>=<value>  sent along, for this_call().metadata(key); may be repeated
  --pretty, --compact       the result on several lines, or on one; pretty is the default on a terminal
  --tls-ca <file>           of a tls:// server: whose certificates are trusted; without it the system's
  --tls-cert <file>         the certificate to show to it
  --tls-key <file>          the private key of that, if it is not in the same file

Exit codes: 0 done; 1 the call failed; 2 wrong use, or arguments that do not fit.
)";

inline constexpr const char* counters_help = R"(usage: farcallctl counters <url> [options]

Prints what became of the calls without a reply that reached a server, and of the datagrams that were none, one counter a
line. They count from when the server was made.

  farcallctl counters tcp://127.0.0.1:7000
  farcallctl counters tcp://127.0.0.1:7000 --json

  datagrams_received, frames_received   calls that were dispatched
  probes_received                       datagrams by which clients find out whether datagrams arrive
  ignored_foreign, ignored_truncated    datagrams of something else, or with bytes missing
  ignored_forged, ignored_replayed      datagrams that belong to no connection, or that came before
  ignored_unbound                       calls of methods that are not served
  ignored_overloaded, ignored_stopping  calls that the server could not take
  ignored_denied                        calls that the server did not allow
  overrun                               datagrams that came faster than they were read

Options
  --json             as a JSON object
  --tls-ca <file>    of a tls:// server: whose certificates are trusted; without it the system's
  --tls-cert <file>  the certificate to show to it
  --tls-key <file>   the private key of that, if it is not in the same file

Exit codes: 0 done; 1 the server cannot be asked; 2 wrong use.
)";

inline constexpr const char* completion_help = R"(usage: farcallctl completion bash|zsh|fish

Prints a script for the shell. It completes commands and options and, by asking the server, interfaces and methods.

  source <(farcallctl completion bash)                                  in ~/.bashrc
  source <(farcallctl completion zsh)                                   in ~/.zshrc, behind compinit
  farcallctl completion fish >~/.config/fish/completions/farcallctl.fish
)";

}  // namespace farcall::ctl
