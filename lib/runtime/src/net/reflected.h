// rpc::Reflection and rpc::Monitor of one server.
//
//   if (options.reflection) server.serve<Reflection>(std::make_shared<Reflected>(*core));
#pragma once

#include <rpc/monitor.h>
#include <rpc/reflection.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace rpc::net {

class ServerCore;

/// Belongs to the core, which lives as long as a call runs.
class Reflected final : public Reflection, public Monitor {
 public:
  explicit Reflected(const ServerCore& core) : core_(core) {}

  std::vector<std::string> interfaces() override;
  std::string contract(std::string interface) override;
  std::map<std::string, std::uint64_t> counters() override;
  ServerMetrics metrics() override;

 private:
  const ServerCore& core_;
};

}  // namespace rpc::net
