// Where the base has a twin, that of the class derives from it.
#pragma once

class [[rpc::uuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
        rpc::async_uuid("6ba7b811-9dad-11d1-80b4-00c04fd430c8")]] Device {
 public:
  virtual ~Device() = default;
  virtual int id() = 0;
};
class [[rpc::uuid("6ba7b812-9dad-11d1-80b4-00c04fd430c8"),
        rpc::async_uuid("6ba7b813-9dad-11d1-80b4-00c04fd430c8")]] Thermostat : public Device {
 public:
  virtual double target() = 0;
};
