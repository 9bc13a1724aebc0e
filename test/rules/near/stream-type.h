// Its name can be sent, and so can what is in it.
#pragma once

#include <string>

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void save(std::string file_name) = 0;
  virtual std::string text() = 0;
};
