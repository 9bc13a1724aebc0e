// A server as the commands see it: what it serves, and calls by name.
//
//   Remote remote("unix:/run/thermostat", {});
//   const Described described = remote.describe("home::Thermostat");
#pragma once

#include <rpc/channel.h>
#include <rpc/dynamic.h>
#include <rpc/monitor.rpc.h>
#include <rpc/reflection.rpc.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "arguments.h"
#include "model/frozen.h"

namespace farcall::ctl {

/// A server that cannot be asked, or a call that failed: exit code 1.
struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// An interface, read from what the server says of it.
struct Described {
  std::string text;  ///< the contract as JSON
  Frozen contract;   ///< of one interface

  [[nodiscard]] const FrozenInterface& interface() const { return contract.interfaces.front(); }
};

/// What "home::Thermostat.history" names.
struct Target {
  std::string interface;
  std::string method;  ///< empty: the interface as a whole
};

/// All functions throw Failure, and UsageError for what the server does not have.
class Remote {
 public:
  /// Throws UsageError for an address of no known form. A server that cannot be reached is found out soon.
  Remote(const std::string& url, const Arguments& arguments);

  std::vector<std::string> interfaces();
  Described describe(const std::string& interface);
  std::map<std::string, std::uint64_t> counters();
  rpc::ServerMetrics metrics();

  /// `name` may name an interface or, behind a dot, a method of one; both may have dots in them.
  Target target(const std::string& name);

  /// The body of the reply, within the deadline of the command line, else of the method.
  rpc::DynamicClient::Body call(const Described& described, const FrozenMethod& method, std::string_view arguments);

  /// Returns when the server has read it.
  void send(const Described& described, const FrozenMethod& method, std::string_view arguments);

 private:
  rpc::DynamicClient client(const Described& described, const FrozenMethod& method) const;

  std::string url_;
  const Arguments& arguments_;
  rpc::Channel channel_;
  rpc::ReflectionClient reflection_;
  rpc::MonitorClient monitor_;
};

/// Throws UsageError with what was meant.
const FrozenMethod& method_called(const FrozenInterface& interface, const std::string& name);

}  // namespace farcall::ctl
