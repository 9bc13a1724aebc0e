// A typedef of void is void.
#pragma once

using nothing = void;
class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::maybe]] virtual nothing ping() = 0;
};
