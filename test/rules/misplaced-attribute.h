// Each attribute has its places: see docs/attributes.md.
#pragma once

[[rpc::async]] void free_function();  // expect: misplaced-attribute

class Thermostat {
 public:
  [[rpc::maybe]] Thermostat() = default;  // expect: misplaced-attribute
  virtual ~Thermostat() = default;
  virtual double target([[rpc::timeout("3s")]] int room) = 0;  // expect: misplaced-attribute
  [[rpc::local]] static double to_fahrenheit(double celsius);  // expect: misplaced-attribute

 private:
  [[rpc::async]] void tune();  // expect: misplaced-attribute
};
