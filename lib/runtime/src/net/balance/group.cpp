#include "net/balance/group.h"

#include <algorithm>

namespace rpc::net {

Server Group::add() {
  Server server = static_cast<Server>(connected_.size());
  if (free_.empty()) {
    connected_.push_back(false);
  } else {
    server = free_.back();
    free_.pop_back();
  }
  picker_.add(server);
  ejector_.add(server);
  ++size_;
  return server;
}

void Group::remove(Server server) {
  set_connected(server, false);
  ejector_.remove(server);
  free_.push_back(server);
  --size_;
}

void Group::set_connected(Server server, bool connected) {
  connected_[server] = connected;
  update(server);
}

void Group::update(Server server) { picker_.set_usable(server, connected_[server] && !ejector_.ejected(server)); }

// Where all that have a connection are ejected, any of them is better than none.
std::optional<Server> Group::pick(std::span<const Server> but) {
  std::optional<Server> chosen = picker_.pick(but);
  for (Server server = 0; !chosen && server < connected_.size(); ++server) {
    if (connected_[server] && std::ranges::find(but, server) == but.end()) chosen = server;
  }
  if (chosen) picker_.began(*chosen);
  return chosen;
}

bool Group::ended(Server server, Outcome outcome, Time now) {
  picker_.ended(server);
  if (outcome == Outcome::success) ejector_.succeeded(server);
  if (outcome != Outcome::failure || !ejector_.failed(server, now)) return false;
  update(server);
  return true;
}

Time Group::readmit(Time now) {
  return ejector_.readmit(now, [this](Server server) { update(server); });
}

}  // namespace rpc::net
