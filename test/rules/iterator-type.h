// An iterator points into a container that the other end does not have.
// From: Farcall.
#pragma once

#include <map>
#include <string>
#include <vector>

struct Cursor {
  using iterator_category = int;
  int place;
};
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void remove(std::vector<int>::iterator place) = 0;  // expect: iterator-type
  virtual void erase(std::map<std::string, int>::const_iterator place) = 0;  // expect: iterator-type
  virtual void advance(Cursor cursor) = 0;  // expect: iterator-type
};
