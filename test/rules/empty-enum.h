// Without enumerators there is no value that could be sent.
#pragma once

enum class Room : unsigned {};
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double target(Room room) = 0;  // expect: empty-enum
};
