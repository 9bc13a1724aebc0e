#include "help.h"

#include "commands.h"

namespace farcall::ctl {

std::string overview() {
  std::string text = R"(farcallctl asks servers what they serve, and calls them; it looks after queues of messages.

usage: farcallctl <command> [options]

Commands
)";
  for (const Command& each : commands()) {
    if (each.summary.empty()) continue;
    text += "  " + std::string(each.name) + std::string(12 - each.name.size(), ' ') + std::string(each.summary) + "\n";
  }
  return text + R"(
  farcallctl ls tcp://127.0.0.1:7000
  farcallctl describe tcp://127.0.0.1:7000 home::Thermostat
  farcallctl call tcp://127.0.0.1:7000 home::Thermostat.history '{"sensor": "roof", "days": 7}'
  farcallctl call --help                tells how arguments are written
  farcallctl queue --help               tells of queues

It needs no header: a server that is made with rpc::Server server({.reflection = true}) describes itself. Addresses are
those of rpc::connect: tcp://host:port, tls://host:port and unix:/path.

Options
  --help      this text
  --version   the version
)";
}

}  // namespace farcall::ctl
