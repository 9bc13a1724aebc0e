// What generated code makes calls in two halves with: the client's twin, and how a server's twin is called.
//
//   rpc::Outgoing call = stub_.call(0);
//   return rpc::begin_call(stub_, 0, call.start<double>());               // Begin_target()
//   return rpc::finish_call<double>(stub_, 0, pending);                   // Finish_target(pending)
//
//   case 0: return rpc::serve_twin(call, twin, &begin_target, &finish_target);
#pragma once

#include <rpc/outgoing.h>
#include <rpc/pending.h>
#include <rpc/skeleton.h>

#include <cstdint>
#include <utility>

namespace rpc {

namespace internal {

/// Waits, and gives the address of what came back. Throws what went wrong, and Error with Code::internal when the
/// pending is not that of a call of this method.
void* end_call(const Stub& stub, std::uint16_t method, const Pending& pending);

/// A generated half without its type.
using AnyHalf = void (*)();

/// A server's twin and the values of one call, without their types.
struct TwinType {
  void* (*make)();
  void (*destroy)(void* values) noexcept;
  Pending (*begin)(AnyHalf half, void* twin, Decoder& in, void* values);
  void (*finish)(AnyHalf half, void* twin, Pending pending, Encoder& out, void* values);
};

template <class Twin, class Values>
inline constexpr TwinType twin_type{.make = []() -> void* { return new Values{}; },
                                    .destroy = [](void* values) noexcept { delete static_cast<Values*>(values); },
                                    .begin =
                                        [](AnyHalf half, void* twin, Decoder& in, void* values) {
                                          return reinterpret_cast<Pending (*)(Twin&, Decoder&, Values&)>(half)(
                                              *static_cast<Twin*>(twin), in, *static_cast<Values*>(values));
                                        },
                                    .finish =
                                        [](AnyHalf half, void* twin, Pending pending, Encoder& out, void* values) {
                                          reinterpret_cast<void (*)(Twin&, Pending, Encoder&, Values&)>(half)(
                                              *static_cast<Twin*>(twin), std::move(pending), out,
                                              *static_cast<Values*>(values));
                                        }};

struct TwinHalves {
  AnyHalf begin;
  AnyHalf finish;
};

void serve_twin(Incoming& call, void* twin, const TwinType& type, const TwinHalves& halves);

}  // namespace internal

/// A call that was started, as the token of its method.
Pending begin_call(const Stub& stub, std::uint16_t method, internal::FutureBase&& call) noexcept;

/// The end of it: waits, and gives what came back or throws what went wrong.
template <class T>
T finish_call(const Stub& stub, std::uint16_t method, const Pending& pending) {
  return std::move(*static_cast<T*>(internal::end_call(stub, method, pending)));
}
/// The same for several values, of the type that the function reads.
template <class T>
T finish_call(const Stub& stub, std::uint16_t method, const Pending& pending, void (*)(Decoder& reply, T& value)) {
  return finish_call<T>(stub, method, pending);
}
inline void finish_call(const Stub& stub, std::uint16_t method, const Pending& pending) {
  internal::end_call(stub, method, pending);
}

/// What came back from the second half, as the reply.
template <class T>
void write_reply(Encoder& out, const T& result) {
  internal::write_result(out, result);
}

/// Serves a call: `begin` reads the arguments into the values, which live until the reply, and calls the first half.
/// When that is done, `finish` calls the second half and writes the reply, on the thread that completed the first.
/// Both run with this_call() set.
template <class Twin, class Values>
void serve_twin(Incoming& call, Twin& twin, Pending (*begin)(Twin& twin, Decoder& in, Values& values),
                void (*finish)(Twin& twin, Pending pending, Encoder& out, Values& values)) {
  internal::serve_twin(call, &twin, internal::twin_type<Twin, Values>,
                       {reinterpret_cast<internal::AnyHalf>(begin), reinterpret_cast<internal::AnyHalf>(finish)});
}

}  // namespace rpc
