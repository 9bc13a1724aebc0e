// An override has the attributes of what it overrides, and may repeat them.
#pragma once

class [[rpc::uuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
        rpc::async_uuid("6ba7b811-9dad-11d1-80b4-00c04fd430c8")]] Device {
 public:
  virtual ~Device() = default;
  virtual void read([[rpc::out]] double& value) = 0;
};
class [[rpc::uuid("6ba7b812-9dad-11d1-80b4-00c04fd430c8"),
        rpc::async_uuid("6ba7b813-9dad-11d1-80b4-00c04fd430c8")]] Thermostat : public Device {
 public:
  void read(double& value) override = 0;
  virtual double target() = 0;
};
