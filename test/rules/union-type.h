// Nothing in a union says which of its members has the value.
// From: Farcall.
#pragma once

union Number {
  int whole;
  double real;
};
struct Cell {
  int row;
  union {
    int count;
    float share;
  };
};
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void put(Number number) = 0;  // expect: union-type
  virtual void set(Cell cell) = 0;  // expect: union-type
};
