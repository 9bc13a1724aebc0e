// Each attribute has its places, and only public methods that a client can call are remote: no static or deleted ones,
// no constructors, no operators, nothing private. Anywhere else the attribute would have no effect.
// From: MIDL2304 and MIDL2305 refuse attributes on what they cannot apply to; the places are those of
// docs/attributes.md.
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
