// The example that docs/generated-code.md walks through.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace home {

struct Reading {
  std::string sensor;
  double celsius;
  std::chrono::sys_time<std::chrono::milliseconds> at;
};

/// Keeps a room at one temperature.
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;

  /// The wanted temperature, in degrees Celsius.
  virtual double target() = 0;

  /// What a sensor measured, the oldest first.
  [[rpc::async]] virtual std::vector<Reading> history(std::string sensor, int days = 7) = 0;

  /// Tells that a node is alive.
  [[rpc::maybe]] virtual void heartbeat(std::string node) = 0;
};

}  // namespace home
