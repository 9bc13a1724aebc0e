// A thermostat that can be somewhere else: plain C++ and a few attributes. Nothing of Farcall is included.
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

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;

  /// The temperature that is aimed at, in °C.
  virtual double target() = 0;

  /// What a sensor measured in the last days, oldest first. Throws std::out_of_range for a sensor that never measured.
  [[rpc::async]] virtual std::vector<Reading> history(std::string sensor, int days) = 0;

  /// "I am still here": nobody waits for an answer, and one that gets lost does no harm.
  [[rpc::maybe]] virtual void heartbeat(std::string node) = 0;

  /// Keeps a reading: it is stored when the call returns, and gets there when the server does.
  [[rpc::message]] virtual void record(const Reading& reading) = 0;
};

}  // namespace home
