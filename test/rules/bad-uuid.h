// A UUID has 32 hexadecimal digits in five groups, without braces. The one that is all zeros means "none", and
// identifies nothing.
// From: MIDL's [uuid] and [async_uuid]; the form is that of RFC 9562.
#pragma once

class [[rpc::uuid("6ba7b810")]] Thermostat {  // expect: bad-uuid
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;
};
