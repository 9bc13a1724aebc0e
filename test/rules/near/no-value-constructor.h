// A base need not be made alone.
#pragma once

struct Stamped {
  explicit Stamped(int at) : at(at) {}
  int at;
};
struct Reading : Stamped {
  explicit Reading(double celsius = 0) : Stamped(0), celsius(celsius) {}
  double celsius;
};
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void record(const Reading& reading) = 0;
};
