// Tables of interfaces as generated code has them, made at run time from names.
//
//   const InterfaceInfo& info = transport.named_interfaces.get("home::Thermostat", {"target"});
#pragma once

#include <rpc/error.h>
#include <rpc/interface.h>

#include <cstdint>
#include <limits>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace rpc::internal {

/// Of one channel, which binds each table once and refers to it as long as it exists. Thread-safe.
class NamedInterfaces {
 public:
  /// Equal names give the same table. Its fingerprint is 0: nobody knows the version.
  const InterfaceInfo& get(std::string_view name, const std::vector<std::string>& methods) {
    if (methods.size() > std::numeric_limits<std::uint16_t>::max())
      throw Error(Code::too_large, "an interface has at most 65535 methods");
    const std::lock_guard lock(mutex_);
    for (const Entry& each : entries_) {
      if (each.name == name && each.methods == methods) return each.info;
    }
    Entry& made = entries_.emplace_back();
    made.name = name;
    made.methods = methods;
    for (const std::string& method : made.methods) made.table.push_back({.name = method.c_str()});
    made.info = {.name = made.name.c_str(),
                 .methods = made.table.data(),
                 .method_count = static_cast<std::uint16_t>(methods.size())};
    return made.info;
  }

 private:
  struct Entry {
    std::string name;
    std::vector<std::string> methods;
    std::vector<MethodInfo> table;
    InterfaceInfo info;
  };

  std::mutex mutex_;
  std::list<Entry> entries_;  // stay where they are
};

}  // namespace rpc::internal
