// What --help prints of the queue commands.
#pragma once

namespace farcall::ctl {

inline constexpr const char* queue_help = R"(usage: farcallctl queue <command> [options]

Shows the messages of a queue that wait or were put aside, and lets you try them again, delete them or send them
elsewhere. A process may have the queue open, which is asked then; if none has, farcallctl opens it itself for a moment.

  farcallctl queue stats                         how much waits, for whom, since when
  farcallctl queue ls                            the messages, one a line
  farcallctl queue ls --dead --json              those that were put aside, and why
  farcallctl queue peek o17                      one message with its arguments
  farcallctl queue retry o17 i3.5                now, and as often as if they had never been tried
  farcallctl queue retry --dead --method home::Thermostat.record
  farcallctl queue move --all --from tcp://old:7000 --to tcp://new:7000
  farcallctl queue purge --dead --yes            deletes them for good

The queue
  --dir <folder>, or the last word of ls and stats. Without it that in $FARCALL_QUEUE_DIR; without that the one queue in
  the user's state directory, $XDG_STATE_HOME/farcall or ~/.local/state/farcall. If there are several, they are listed.

  An address of a RabbitMQ in place of a folder, amqp://user:password@host/vhost, is about what is at that broker. Of stats
  the interfaces follow whose messages are counted: farcallctl queue stats amqp://host home::Thermostat. The others are
  about its dead letters, so ls, retry and purge need --dead or ids, which are SENDER#NUMBER there.

Messages
  o17 is in the outbox: it is on its way to a server. i3.17 is in the inbox: a sender sent it, and it is handled here.
  The number stays the message's own: no other one ever gets it. Dead ones were put aside, with the reason, since the
  server refused them or their handler failed too often. Express messages are in memory only, and not shown.

What changes messages is done to all of them or, with an error, to none. One that is being delivered or handled at that
moment is left alone.

  farcallctl queue <command> --help      ls, stats, peek, retry, purge, move

Exit codes: 0 done; 1 the queue cannot be asked, or has no such message; 2 wrong use.
)";

inline constexpr const char* queue_ls_help = R"(usage: farcallctl queue ls [<folder>] [options]

Lists messages in the order in which they go: of the outbox those that wait, then the dead ones, then the same of the
inbox.

  farcallctl queue ls
  farcallctl queue ls /var/lib/thermostat/queue --box inbox --dead
  farcallctl queue ls --to tcp://127.0.0.1:7000 --method record --limit all --json

Options
  --dead             only those that were put aside
  --box <box>        outbox or inbox
  --to <url>         of the outbox, for that server
  --from <sender>    of the inbox, from that sender; the beginning of its name will do
  --method <name>    interface.method, or the interface or the method alone
  --limit <count>    how many at most, or all; 100 if nothing is said, and the last line tells if there are more
  --dir <folder>     the queue, see farcallctl queue --help
  --json             as JSON, with the times at which messages were stored and expire
  --deadline <time>  how long the process that has the queue may take: 250ms, 10s; 10s if nothing is said

Exit codes: 0 done; 1 the queue cannot be asked; 2 wrong use.
)";

inline constexpr const char* queue_stats_help =
    R"(usage: farcallctl queue stats [<folder> | <amqp address> [<interface>…]] [options]

Prints how much of its quota a queue uses, and for each box, server or sender, and priority how many messages wait and
how many are dead, their bytes, the age of the oldest one, and how many attempts failed in all.

  farcallctl queue stats
  farcallctl queue stats /var/lib/thermostat/queue --json
  farcallctl queue stats amqp://user:password@host home::Thermostat

At a broker, the messages that wait for the interfaces, without those that a server has taken, how many servers take
them, and the dead letters.

Options
  --dir <folder>     the queue, see farcallctl queue --help
  --json             as JSON
  --deadline <time>  how long the process that has the queue may take: 250ms, 10s; 10s if nothing is said

Exit codes: 0 done; 1 the queue cannot be asked; 2 wrong use.
)";

inline constexpr const char* queue_peek_help = R"(usage: farcallctl queue peek <id> [options]

Prints one message: where it is from and to, and its arguments. Those are known by the contract of the interface, which
its server tells if it describes itself, or a file has. Without one the bytes are printed.

  farcallctl queue peek o17
  farcallctl queue peek i3.17 --server unix:/run/t
  farcallctl queue peek i3.17 --contract thermostat.rpc.json --json

Options
  --server <url>     the server that is asked for the contract; of the outbox where the message goes, if nothing is said
  --contract <file>  the contract: what farcall --freeze wrote, or farcallctl describe <url> <interface> --json
  --dir <folder>     the queue, see farcallctl queue --help
  --json             as JSON, with the bytes in base64
  --deadline <time>  how long the process that has the queue may take: 250ms, 10s; 10s if nothing is said

Exit codes: 0 done; 1 the queue cannot be asked, or has no such message; 2 wrong use.
)";

inline constexpr const char* queue_retry_help = R"(usage: farcallctl queue retry <id>… | --dead [options]

Has messages tried again: dead ones, and such as wait for their next attempt. It is made now, or when the process of
the queue starts; attempts count from the beginning, and so does the time to live of dead ones.

A dead message of the outbox goes to the end of the line as a new message: its new id is printed. One of the inbox goes
back to where it was, before those that its sender sent later.

  farcallctl queue retry o17 i3.5
  farcallctl queue retry --dead
  farcallctl queue retry --dead --to tcp://127.0.0.1:7000

Options
  --dead             all that are dead; with --box, --to, --from and --method those of them that match, as with ls
  --dir <folder>     the queue, see farcallctl queue --help
  --json             what was changed as JSON
  --deadline <time>  how long the process that has the queue may take: 250ms, 10s; 10s if nothing is said

Exit codes: 0 done; 1 nothing was changed; 2 wrong use.
)";

inline constexpr const char* queue_purge_help = R"(usage: farcallctl queue purge <id>… | --dead | --all [options]

Deletes messages for good, after a question. The receipts of their sender fail as cancelled; once the receiver was
started again, it knows a message that was purged from its inbox as handled.

  farcallctl queue purge o17 i3.5
  farcallctl queue purge --dead --box inbox --yes
  farcallctl queue purge --all --yes

Options
  --dead, --all      all that are dead, or simply all; with --box, --to, --from and --method those of them that match, as
                     with ls
  --yes              without the question; needed where there is no terminal
  --dir <folder>     the queue, see farcallctl queue --help
  --json             what was changed as JSON
  --deadline <time>  how long the process that has the queue may take: 250ms, 10s; 10s if nothing is said

Exit codes: 0 done; 1 nothing was changed; 2 wrong use.
)";

inline constexpr const char* queue_move_help =
    R"(usage: farcallctl queue move <id>… | --dead | --all --to <url> [options]

Sends messages of the outbox to another address, as new messages with new ids, behind others that go there. Those of
the inbox cannot be moved: they are where they were sent, which was confirmed to their sender, and are handled by the
server that has this queue.

If a message may have reached the old server, which could not say so any more, both servers may handle it.

  farcallctl queue move o17 --to tcp://127.0.0.1:7001
  farcallctl queue move --all --from tcp://old:7000 --to tcp://new:7000

Options
  --to <url>         where they go
  --dead, --all      all of the outbox that are dead, or simply all
  --from <url>       of them, those that go there now
  --method <name>    of them, those of that interface.method, interface or method
  --dir <folder>     the queue, see farcallctl queue --help
  --json             what was changed as JSON
  --deadline <time>  how long the process that has the queue may take: 250ms, 10s; 10s if nothing is said

Exit codes: 0 done; 1 nothing was changed; 2 wrong use.
)";

}  // namespace farcall::ctl
