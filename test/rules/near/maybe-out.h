// These references only go to the server.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::maybe]] virtual void ping(const int& count, [[rpc::in]] int& limit, int&& rest) = 0;
};
