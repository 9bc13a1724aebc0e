// Which method of which server object a client's method number means on one connection.
//
//   bindings.add(bind, registered);                       // of a bind frame
//   const Target target = bindings.find(frame.header.method);
//   if (target.skeleton != nullptr) serve(…); else fail(*target.refusal);
#pragma once

#include "call_stats.h"
#include "net/messages.h"

#include <rpc/error.h>
#include <rpc/interface.h>
#include <rpc/wire/encoding.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace rpc::net {

/// One served interface. Stays where it is as long as the server exists.
struct Registered {
  Skeleton skeleton;
  std::shared_ptr<void> owner;
  bool brings_messages = false;                    ///< who may call it does not matter, but what they bring
  std::shared_ptr<internal::CallStats[]> stats{};  ///< of each method
};

/// What a method number leads to, if anywhere.
struct Target {
  const Registered* registered = nullptr;
  std::uint16_t method = 0;
  bool same_version = false;  ///< the client's interface is the server's: both encodings may be used
};

/// Used by the connection's reader only. Whatever was returned by reference is valid until the next add().
class Bindings {
 public:
  static constexpr std::size_t max_count = 256;

  /// What the client is answered: the encoding it may use, or why its calls will be refused.
  struct Answer {
    Encoding encoding = Encoding::tagged;
    const Error* refused = nullptr;
  };

  /// `registered` is null for an interface nobody serves. Throws Error (malformed) for numbers that are taken.
  Answer add(const Bind& bind, const Registered* registered);

  /// The method, or nothing.
  Target find(std::uint16_t number) const noexcept;

  /// Why find() gave nothing, or a method that cannot be called in the exact encoding.
  Error refusal(std::uint16_t number) const;

 private:
  struct Binding {
    std::uint16_t base;
    std::vector<std::uint16_t> methods;  // the server's index of each of the client's; unknown_method
    const Registered* registered;
    std::optional<Error> refused;
    std::uint64_t fingerprint;        // the client's
    std::vector<std::string> wanted;  // their names, if not all are known
  };
  static constexpr std::uint16_t unknown_method = 0xffff;

  const Binding* binding_of(std::uint16_t number) const noexcept;

  std::vector<Binding> bindings_;
};

}  // namespace rpc::net
