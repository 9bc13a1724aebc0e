#include <rpc/monitor.rpc.h>
#include <rpc/reflection.rpc.h>
#include <rpc/server.h>

#include "net/reflected.h"
#include "net/server_core.h"

#include <utility>

namespace rpc {

Server::Server(const ServerOptions& options) : core_(std::make_shared<net::ServerCore>(options)) {
  if (!options.reflection) return;
  const auto reflected = std::make_shared<net::Reflected>(*core_);
  serve<Reflection>(reflected);
  serve<Monitor>(reflected);
}

Server::~Server() {
  stop();
  core_->retire();
}

void Server::add(const Skeleton& skeleton, std::shared_ptr<void> object) { core_->add(skeleton, std::move(object)); }

void Server::authorize_by(std::unique_ptr<const internal::Authorizer> hook) { core_->access().use(std::move(hook)); }

std::string Server::listen(std::string_view url) { return core_->listen(url); }

ServerCounters Server::counters() const { return core_->counters(); }

ServerMetrics Server::metrics() const { return core_->metrics(); }

void Server::run() { core_->run(); }

void Server::stop(std::chrono::nanoseconds grace) { core_->stop(grace); }

}  // namespace rpc
