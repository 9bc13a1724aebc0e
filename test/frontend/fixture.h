// Headers given as text, for one-line tests of the frontend. «…» marks a place and is not part of the header.
//
//   EXPECT_EQ(strays("struct S { [[rpc::async]] S(); };"), "rpc::async on a constructor");
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/contract.h"

namespace farcall::test {

/// A header that Clang and the frontend have read. Fails the test if Clang finds an error in it.
class Parsed {
 public:
  explicit Parsed(std::string_view marked_header, const std::vector<std::string>& flags = {});

  Contract contract;

  /// The only interface, or the first.
  [[nodiscard]] const Interface& interface() const { return contract.interfaces.at(0); }
  [[nodiscard]] const Method& method(std::string_view name) const;
  [[nodiscard]] const Record& record(std::string_view name) const;

  /// What stands there, between «» if it is just what the header marks.
  [[nodiscard]] std::string text(const SourceRef& where) const;

 private:
  std::string header_;
  std::uint32_t marked_begin_ = 0;
  std::uint32_t marked_end_ = 0;
};

/// "rpc::async on a constructor; rpc::asinc on a declaration": all attributes in wrong places.
std::string strays(std::string_view header);

/// "rpc::name("sum"), rpc::async": attributes with their arguments as read, those without scope without scope.
std::string attributes(const std::vector<Attribute>& attributes);

/// "home::Thermostat(target, history)": all interfaces with their methods.
std::string interfaces(std::string_view header);

}  // namespace farcall::test
