// Servers of this process, by name. A connection to one is a pair of sockets, so everything else is as elsewhere.
//
//   std::shared_ptr<Listener> listener = listen_inproc(url);
//   listener->begin(accept);
//   Fd client = connect_inproc("name");   // accept got the other end; empty if nobody listens
#pragma once

#include "net/control.h"

namespace rpc::net::control {

/// Throws Error when the name is taken.
std::shared_ptr<Listener> listen_inproc(const Url& url);

Fd connect_inproc(const std::string& name);

}  // namespace rpc::net::control
