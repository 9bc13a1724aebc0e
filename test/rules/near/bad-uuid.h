// A wire name may look like anything that is made of identifiers, even like part of a UUID.
#pragma once

class [[rpc::interface("a6ba7b810.b9dad")]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;
};
