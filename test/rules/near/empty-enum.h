// Two rooms, and std::byte, which needs no names for its values.
#pragma once

#include <cstddef>

enum class Room : unsigned { hall, kitchen };
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double target(Room room, std::byte raw) = 0;
};
