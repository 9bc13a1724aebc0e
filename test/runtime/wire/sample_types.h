// The user's types of the marshalling tests: one of each form a record can have.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace home {

enum class Kind : std::uint8_t { unknown, indoor, outdoor };
enum class Days : std::uint8_t { none = 0, monday = 1, tuesday = 2, sunday = 64 };
enum class Vendor : std::int16_t { unknown = -1, acme = 10, initech = 4711 };

/// Flat: its bytes in memory are its bytes on the wire.
struct Position {
  double latitude = 0;
  double longitude = 0;
  bool operator==(const Position&) const = default;
};

struct Sensor {
  std::string name;
  Position place;
  Vendor vendor = Vendor::unknown;
  bool operator==(const Sensor&) const = default;
};

struct Reading {
  bool active = false;
  std::optional<int> limit;
  Kind kind = Kind::unknown;
  double celsius = 0;
  std::chrono::system_clock::time_point taken;
  std::string note;
  std::vector<Sensor> neighbours;
  Sensor sensor;
  bool operator==(const Reading&) const = default;
};

struct Room {
  std::string name;
  Days heated = Days::none;
  std::vector<Room> rooms;
  bool operator==(const Room&) const = default;
};

/// One of its alternatives has terms itself.
struct Term {
  std::variant<double, std::string, std::vector<Term>> value;
  bool operator==(const Term&) const = default;
};

/// Refers to others of its kind in every way that owns them.
struct Link {
  std::string name;
  std::unique_ptr<Link> next;
  std::vector<std::shared_ptr<Link>> shared;
};

struct Empty {
  bool operator==(const Empty&) const = default;
};

}  // namespace home
