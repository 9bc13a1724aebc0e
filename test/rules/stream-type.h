// A file is open in one process only.
// From: Farcall.
#pragma once

#include <cstdio>
#include <fstream>
#include <string>

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void save(std::ofstream& file) = 0;  // expect: stream-type
  virtual void load(std::istream& file) = 0;  // expect: stream-type
  virtual void print(std::FILE* file) = 0;  // expect: stream-type
};
