// A completion handle and a twin are two ways to end a call later. The handle has all that comes back, so that the
// twin's Finish_ half would wait for a call that gives it nothing.
// From: MIDL: [async] with a handle is not for COM interfaces, which have [async_uuid].
#pragma once

namespace rpc {
template <class T>
class Reply;  // <rpc/reply.h> has it
}  // namespace rpc

class [[rpc::uuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
        rpc::async_uuid("6ba7b811-9dad-11d1-80b4-00c04fd430c8")]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;
  virtual void measure([[rpc::async]] rpc::Reply<double> done) = 0;  // expect: auuid-handle
};
