// The twin mirrors inheritance: AsyncB derives from AsyncA as B derives from A. Without a twin of A there is nothing
// to derive from, and the inherited methods would be missing.
// From: MIDL2272: the base of an interface with [async_uuid] has one as well, or is the root.
#pragma once

class [[rpc::interface]] Device {
 public:
  virtual ~Device() = default;
  virtual int id() = 0;
};
class [[rpc::uuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
        rpc::async_uuid("6ba7b811-9dad-11d1-80b4-00c04fd430c8")]] Thermostat : public Device {  // expect: auuid-base
 public:
  virtual double target() = 0;
};
