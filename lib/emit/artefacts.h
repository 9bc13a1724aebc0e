// The pieces that the generated files are put together from, each a pure function in a file of its name.
//
//   client_class(interface)        // "/// Calls a Thermostat somewhere else. …\nclass ThermostatClient final …"
//
// A piece ends with a line break and does not begin with one.
#pragma once

#include <string>
#include <vector>

#include "emit/json.h"
#include "plan/plan.h"

namespace farcall {

/// client.cpp: what the caller of an interface uses.
std::string client_class(const InterfacePlan& interface);
std::string client_members(const InterfacePlan& interface);

/// service.cpp: what a server may implement instead of the interface.
std::string service_class(const InterfacePlan& interface);

/// twin.cpp: the asynchronous twin; all of it empty for an interface without one. The class, the client's member that
/// makes one, and what stands in the source's anonymous namespace.
std::string twin_class(const InterfacePlan& interface);
std::string twin_declaration(const InterfacePlan& interface);
std::string twin_definition(const InterfacePlan& interface);
std::string twin_internals(const InterfacePlan& interface);

/// codec.cpp: rpc::Codec for every record and enum that can travel, declared before any is defined.
std::string codecs(const Plan& plan);

/// tagged.cpp: rpc::Tagged for every record and enum, the tables that the tagged encoding is written and read from.
std::string tagged_types(const Plan& plan);

/// The table of a method's arguments or results, called `name`.
std::string tagged_values(const std::string& name, const std::string& what, const std::vector<FieldPlan>& fields);

/// marshalling.cpp: the functions that write and read a method's arguments and its reply.
std::string marshalling_functions(const InterfacePlan& interface, const MethodPlan& method);

/// For a reply that is a tuple: its parts as variables, "auto& [result, low] = reply;" with `head` "auto&".
std::string reply_parts(const MethodPlan& method, const std::string& head);

/// dispatch.cpp: the functions that each serve a call of one method, and those that find them by number.
std::string server_struct(const InterfacePlan& interface);
std::string serve_function(const InterfacePlan& interface, const MethodPlan& method);
std::string dispatch_functions(const InterfacePlan& interface);

/// interface.cpp: the tables, and rpc::Interface, through which the runtime finds everything else.
std::string interface_tables(const InterfacePlan& interface);
std::string interface_class(const InterfacePlan& interface);
std::string interface_members(const InterfacePlan& interface);

/// contract_json.cpp: a contract as JSON.
Json contract_json(const std::string& header, const Frozen& frozen);

/// reflection.cpp: the definition of the text that a server describes the interface with.
std::string description(const Plan& plan, const InterfacePlan& interface);

}  // namespace farcall
