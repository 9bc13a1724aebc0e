// A twin is how calls of an interface are made and served, and no interface of its own: its halves cannot be called
// from elsewhere. Derive from the interface itself; if that class asks for a twin as well, its twin derives from this one.
// From: MIDL2272: an interface cannot derive from the asynchronous form of another.
#pragma once

namespace rpc {
struct Uuid {};  // as in a generated header, which has the twin
}  // namespace rpc

class AsyncThermostat {
 public:
  static constexpr rpc::Uuid uuid{};
  virtual ~AsyncThermostat() = default;
};
class [[rpc::interface]] Radiator : public AsyncThermostat {  // expect: auuid-derive-async
 public:
  virtual double power() = 0;
};
