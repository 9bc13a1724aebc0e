// A signature, said once: the same value gives the declaration in a class and the definition outside of it.
//
//   declare(client_signature(method))                  // "double target() const override;"
//   define(client_signature(method), "ThermostatClient")   // "double ThermostatClient::target() const {"
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "plan/plan.h"

namespace farcall {

struct SignatureParameter {
  std::string type;   ///< with const and reference
  std::string name;   ///< in declarations: the user's; empty if there is none
  std::string local;  ///< in definitions; empty if nothing uses it
  std::string default_argument;
};

struct Signature {
  std::string result;
  std::string name;
  std::vector<SignatureParameter> parameters;
  std::string qualifiers;  ///< " const noexcept"
  std::string specifiers;  ///< only in declarations: " override", " = 0"
};

/// The client's member of the method's own name.
Signature client_signature(const MethodPlan& method);

/// The client's `async_…`: what goes in, and a future of all that comes back; of a message, its receipt.
Signature async_signature(const MethodPlan& method);

/// The service's member: as the method, or for an async method a coroutine. That takes its parameters by value,
/// since references would not outlive its first suspension in anybody's hands but the dispatcher's.
Signature service_signature(const MethodPlan& method);

/// The halves of a method in the asynchronous twin: what goes in, and what comes back, each in the order of the
/// declaration; what goes both ways is in both.
Signature begin_signature(const MethodPlan& method, const HalvesPlan& halves);
Signature finish_signature(const MethodPlan& method, const HalvesPlan& halves);

/// "const std::string&".
std::string spell(Passing passing, const std::string& type);

/// `indent` is where the line will stand, for line breaks.
std::string declare(const Signature& signature, std::size_t indent, const std::string& prefix = "");
std::string define(const Signature& signature, const std::string& scope);

/// A definition inside of its class, with the specifiers.
std::string define_inside(const Signature& signature, std::size_t indent);

}  // namespace farcall
