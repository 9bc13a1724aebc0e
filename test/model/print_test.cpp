#include <gtest/gtest.h>

#include <functional>

#include "model/contract.h"

namespace farcall {
namespace {

Type int32() { return {Scalar::int32, "int"}; }

/// One of everything.
Contract full() {
  const Attribute timeout{.kind = AttributeKind::timeout,
                          .spelling = "rpc::timeout",
                          .arguments = {{.value = std::string("1s"), .spelling = "\"1s\""}}};
  Contract contract{.header = "thermostat.h"};
  contract.interfaces.push_back({.name = "Thermostat",
                                 .qualified_name = "home::Thermostat",
                                 .namespaces = {"home"},
                                 .bases = {"home::Device"},
                                 .attributes = {{.kind = AttributeKind::interface, .spelling = "rpc::interface"}},
                                 .methods = {{.name = "history",
                                              .declared_in = "home::Thermostat",
                                              .result = int32(),
                                              .result_spelling = "const int&",
                                              .returns_reference = true,
                                              .parameters = {{.name = "days",
                                                              .type = int32(),
                                                              .passing = Passing::const_reference,
                                                              .default_argument = "7"}},
                                              .attributes = {timeout},
                                              .virtuality = Virtual::pure,
                                              .is_const = true,
                                              .doc = "Oldest\nfirst."}},
                                 .is_abstract = true,
                                 .is_polymorphic = true});
  contract.records.push_back(
      {.name = "home::Reading", .bases = {{"home::Base"}}, .fields = {{"x", int32(), {}, {}}}, .flat_size = 4});
  contract.enums.push_back({.name = "home::Kind", .underlying = Scalar::uint8, .enumerators = {{"hot", 3}}});
  contract.strays.push_back({{.kind = AttributeKind::unknown, .spelling = "rpc::asinc"}, "a constructor"});
  contract.types_in_scope = {"home::Other"};
  return contract;
}

TEST(Print, ShowsOneFactALine) {
  EXPECT_EQ(print(full()), R"(header thermostat.h
interface home::Thermostat
  name Thermostat
  in namespace home
  base home::Device
  abstract
  polymorphic
  no virtual destructor
  attribute rpc::interface
  method history
    of home::Thermostat
    result const int&, int = int32
    returns a reference
    pure virtual
    const
    doc Oldest\nfirst.
    attribute rpc::timeout
      argument string "1s" = 1s
    parameter days
      type int = int32
      by const reference
      default 7
record home::Reading
  base home::Base
  field x
    type int = int32
  flat 4 bytes
enum home::Kind
  underlying uint8
  value hot = 3
stray on a constructor
  unknown attribute rpc::asinc
class in scope home::Other
)");
}

TEST(Print, LeavesNoFactOut) {
  const std::vector<std::function<void(Contract&)>> changes = {
      [](Contract& c) { c.interfaces[0].enclosing_classes = {"Outer"}; },
      [](Contract& c) { c.interfaces[0].namespaces = {""}; },
      [](Contract& c) { c.interfaces[0].is_abstract = false; },
      [](Contract& c) { c.interfaces[0].is_polymorphic = false; },
      [](Contract& c) { c.interfaces[0].is_template = true; },
      [](Contract& c) { c.interfaces[0].is_final = true; },
      [](Contract& c) { c.interfaces[0].is_complete = false; },
      [](Contract& c) { c.interfaces[0].is_accessible = false; },
      [](Contract& c) { c.interfaces[0].has_default_constructor = false; },
      [](Contract& c) { c.interfaces[0].has_virtual_destructor = true; },
      [](Contract& c) { c.interfaces[0].non_public_pure_methods = true; },
      [](Contract& c) { c.interfaces[0].doc = "Warm."; },
      [](Contract& c) { c.interfaces[0].attributes[0].scoped = false; },
      [](Contract& c) { c.interfaces[0].methods[0].virtuality = Virtual::yes; },
      [](Contract& c) { c.interfaces[0].methods[0].is_noexcept = true; },
      [](Contract& c) { c.interfaces[0].methods[0].is_template = true; },
      [](Contract& c) { c.interfaces[0].methods[0].is_variadic = true; },
      [](Contract& c) { c.interfaces[0].methods[0].is_final = true; },
      [](Contract& c) { c.interfaces[0].methods[0].ref_qualifier = "&"; },
      [](Contract& c) { c.interfaces[0].methods[0].attributes[0].arguments[0].value = std::int64_t{1}; },
      [](Contract& c) { c.interfaces[0].methods[0].attributes[0].arguments[0].value = std::monostate{}; },
      [](Contract& c) { c.interfaces[0].methods[0].parameters[0].passing = Passing::value; },
      [](Contract& c) { c.interfaces[0].methods[0].parameters[0].passing = Passing::reference; },
      [](Contract& c) { c.interfaces[0].methods[0].parameters[0].passing = Passing::rvalue_reference; },
      [](Contract& c) { c.interfaces[0].methods[0].parameters[0].attributes = {{AttributeKind::in, "rpc::in"}}; },
      [](Contract& c) { c.records[0].obstacles = {{"its member 'x' is private", "", {}}}; },
      [](Contract& c) { c.records[0].needs_access = true; },
      [](Contract& c) { c.records[0].codec = UserCodec{1}; },
      [](Contract& c) { c.records[0].fields[0].bit_width = 3; },
      [](Contract& c) { c.records[0].fields[0].platform_types = {{"long", "std::int64_t", {}, {}}}; },
      [](Contract& c) { c.records[0].flat_size.reset(); },
      [](Contract& c) { c.records[0].fields[0].attributes = {{AttributeKind::name, "rpc::name"}}; },
      [](Contract& c) { c.enums[0].scoped = false; },
      [](Contract& c) { c.enums[0].is_flags = true; },
  };
  std::vector<std::string> printed = {print(full())};
  for (const auto& change : changes) {
    Contract contract = full();
    change(contract);
    printed.push_back(print(contract));
  }
  for (std::size_t i = 0; i < printed.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) EXPECT_NE(printed[i], printed[j]) << "changes " << i << " and " << j;
}

TEST(Print, LeavesPlacesOut) {
  Contract contract = full();
  contract.interfaces[0].where = {.file = "thermostat.h", .begin = 7, .line = 3};
  EXPECT_EQ(print(contract), print(full()));
}

}  // namespace
}  // namespace farcall
