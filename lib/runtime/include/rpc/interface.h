// What generated code says about an interface: constant tables, and the type-erased way into a server object.
//
//   constexpr rpc::MethodInfo methods[] = {{.name = "target", .mode = rpc::Mode::call}};
//   constexpr rpc::InterfaceInfo thermostat{.name = "home.Thermostat", .fingerprint = 0x5d1f…, .methods = methods,
//                                           .method_count = 1};
#pragma once

#include <cstdint>

namespace rpc {

/// Changes when generated code must be generated again to fit the runtime.
inline constexpr int stub_abi = 1;

class Incoming;

enum class Mode : std::uint8_t {
  call,     ///< The caller waits for the reply.
  async,    ///< The caller gets a Future.
  maybe,    ///< No reply, delivery not guaranteed.
  message,  ///< No reply, delivery guaranteed.
};

struct MethodInfo {
  const char* name = nullptr;
  Mode mode = Mode::call;
  std::int64_t timeout_ns = 0;  ///< Nanoseconds; 0: the default of 10 s; negative: none.
  bool idempotent = false;      ///< May be repeated without harm.

  // Of messages.
  std::int8_t priority = 0;          ///< 0 to 7, the most urgent.
  bool express = false;              ///< In memory only.
  std::int64_t time_to_live_ns = 0;  ///< Nanoseconds; 0: for ever.
};

struct InterfaceInfo {
  const char* name = nullptr;
  std::uint64_t fingerprint = 0;  ///< Equal on both ends when they were generated from the same contract.
  const MethodInfo* methods = nullptr;
  std::uint16_t method_count = 0;

  /// The contract as JSON, for <rpc/reflection.h>; null: nobody can ask for it.
  const char* description = nullptr;
};

/// A server object without its type. `dispatch` decodes the arguments of methods[method], calls and replies.
struct Skeleton {
  const InterfaceInfo* info = nullptr;
  void* server = nullptr;
  void (*dispatch)(void* server, std::uint16_t method, Incoming& call) = nullptr;
};

/// Generated code specialises this for every interface X: info(), skeleton(X&) and skeleton(XService&), with
/// rpc::uuid its `uuid`, and with rpc::async_uuid skeleton(AsyncX&), too.
template <class X>
struct Interface;

}  // namespace rpc
