// Values are checked on arrival, and without enumerators none would be valid.
// From: Farcall: a value that no enumerator names is refused.
#pragma once

enum class Room : unsigned {};
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double target(Room room) = 0;  // expect: empty-enum
};
