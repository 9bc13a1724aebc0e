// Generated code cannot reach the member.
// From: Farcall.
#pragma once

#include <string>

namespace home {
class Secret {
 public:
  int known = 0;

 private:
  std::string hidden;
};
struct Key : private Secret {
  int bits = 0;
};
}  // namespace home
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void tell(home::Secret secret) = 0;  // expect: private-member
  virtual void turn(home::Key key) = 0;  // expect: private-member
};
