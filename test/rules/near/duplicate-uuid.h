// The class and its twin have each their own.
#pragma once

class [[rpc::uuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
        rpc::async_uuid("6ba7b811-9dad-11d1-80b4-00c04fd430c8")]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;
};
