// Keeps the user's names and generated names from capturing each other.
//
// What can go wrong: the user's namespace holds a nested namespace called `std`; an interface in `home` uses a global
// `Reading` while `home::Reading` exists too; a method or a parameter has the name of a type, or of a variable that
// generated functions use. A name is changed only where that happens, so that ordinary code stays as plain as its
// header.
//
//   Hygiene hygiene(contract);
//   hygiene.type("std::vector<Reading>")       // "std::vector<::Reading>", where something else is called Reading
//   local_name("out", {})                      // "out_": generated functions have an `out` of their own
#pragma once

#include <set>
#include <string>

#include "model/contract.h"

namespace farcall {

class Hygiene {
 public:
  explicit Hygiene(const Contract& contract);

  /// A type as it can be written anywhere in the interface's namespace.
  [[nodiscard]] std::string type(const std::string& spelling) const;

 private:
  void add_nested(const std::string& qualified);
  void add_nested(const Interface& interface);

  std::set<std::string> nested_;   ///< names of nested namespaces and classes: they hide outer ones before `::` too
  std::set<std::string> members_;  ///< names of methods and parameters: they hide types, not namespaces
};

/// The type with `::` before every user's name in it, as it is safe inside another library's namespace.
std::string rooted(const std::string& spelling);

/// The name of a parameter inside generated functions: its own, unless they use it already, or it is in `taken`.
std::string local_name(const std::string& name, const std::set<std::string>& taken);

/// `text` as an identifier: what cannot be in one becomes `_`.
std::string identifier(const std::string& text);

}  // namespace farcall
