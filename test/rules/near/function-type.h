// Data that says what to do.
#pragma once

enum class Action { heat, cool };
struct Step {
  Action action;
  [[rpc::local]] void (*run)() = nullptr;
};
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void run(Step step) = 0;
};
