// Generated code cannot reach the member.
#pragma once

class Secret {
 public:
  int known;

 private:
  int hidden;
};
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void tell(Secret secret) = 0;  // expect: record-obstacle
};
