// The twin derives from that of the base, and has the halves of an inherited method from there. An override that has
// another name on the wire, gives a parameter another direction, or keeps the method local would need other halves.
// From: Farcall: IDL has no overrides.
#pragma once

class [[rpc::uuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
        rpc::async_uuid("6ba7b811-9dad-11d1-80b4-00c04fd430c8")]] Device {
 public:
  virtual ~Device() = default;
  virtual void read(double& value) = 0;
};
class [[rpc::uuid("6ba7b812-9dad-11d1-80b4-00c04fd430c8"),
        rpc::async_uuid("6ba7b813-9dad-11d1-80b4-00c04fd430c8")]] Thermostat : public Device {
 public:
  void read([[rpc::out]] double& value) override = 0;  // expect: auuid-override
};
