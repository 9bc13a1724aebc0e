// An address has no meaning in another process, wherever it hides.
#pragma once

#include <map>
#include <string>
#include <vector>

struct Packet {
  int size;
  char* raw;
};
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual int* target() = 0;  // expect: raw-pointer
  virtual void set(int room,
                   const double* degrees,  // expect: raw-pointer
                   std::map<std::string, std::vector<Thermostat*>> names) = 0;  // expect: raw-pointer
  virtual void send(std::vector<Packet> packets) = 0;  // expect: raw-pointer
};
