// Values, and containers of values.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

struct Packet {
  int size;
  std::vector<char> raw;
};
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual std::optional<int> target() = 0;
  virtual void set(int room, const double& degrees, std::map<std::string, std::vector<double>> names) = 0;
  virtual void send(std::vector<Packet> packets) = 0;
};
