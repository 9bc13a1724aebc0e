// The class shows it to generated code.
#pragma once

#include <string>

namespace rpc {
struct Access;
}
namespace home {
class Secret {
  friend struct rpc::Access;

 public:
  int known = 0;

 private:
  std::string hidden;
};
class Open {
 public:
  int known = 0;
  int more() const { return known + 1; }
};
}  // namespace home
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void tell(home::Secret secret) = 0;
  virtual void show(home::Open open) = 0;
};
