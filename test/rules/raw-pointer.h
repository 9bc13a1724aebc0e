// An address has no meaning in another process, wherever it hides, and nothing says who owns what it points to.
// From: MIDL asks for a kind of pointer; Farcall has the smart pointers, which say it.
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
