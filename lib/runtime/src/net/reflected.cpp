#include "net/reflected.h"

#include "net/server_core.h"

#include <rpc/error.h>

#include <utility>

namespace rpc::net {

std::vector<std::string> Reflected::interfaces() { return core_.names(); }

std::string Reflected::contract(std::string interface) {
  const Registered* const found = core_.find(interface);
  if (found == nullptr) throw Error(Code::unimplemented, "the server does not serve " + interface);
  const char* const description = found->skeleton.info->description;
  if (description == nullptr)
    throw Error(Code::unimplemented, "the code of " + interface + " on the server does not describe it");
  return description;
}

std::map<std::string, std::uint64_t> Reflected::counters() {
  const ServerCounters counters = core_.counters();
  std::map<std::string, std::uint64_t> named;
  for (const Counter<ServerCounters>& each : server_counters) named.emplace(each.name, counters.*each.field);
  return named;
}

ServerMetrics Reflected::metrics() { return core_.metrics(); }

}  // namespace rpc::net
