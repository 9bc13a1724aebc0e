// Completion handles among the parameters come with a later version.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void sum(int a, [[rpc::async]] void (*done)(int)) = 0;  // expect: async-parameter-unavailable
};
