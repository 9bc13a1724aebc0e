// Every name that generated code adds to the user's scopes, in one place: plan spells them, check looks for clashes.
//
//   class Thermostat         client  ThermostatClient    service  ThermostatService     in Thermostat's namespace
//   class Outer { class In } client  OuterInClient       service  OuterInService        in Outer's namespace
//   [[rpc::async]] history   async_history, a member of the client only
//   [[rpc::async_uuid(…)]]   twin AsyncThermostat, in Thermostat's namespace, with Begin_history and Finish_history;
//                            async_twin, a member of the client; AsyncThermostatClient and AsyncThermostatMarshalling,
//                            in the generated source only
//   every client             with, a member; stub_, a private member
//   class Thermostat         ThermostatMock, with --emit=mock alone and in a file of its own, so no name to refuse
//   class Thermostat         ThermostatServer, which is written once and is the user's then
//   class Thermostat         ThermostatMarshalling, in the generated source only (its namespace's anonymous one)
//
// What keeps them unique: check refuses a class that already has one of these names in the namespace, and a method
// that has one of the member names.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "model/contract.h"

namespace farcall {

std::string client_name(const Interface& interface);
std::string service_name(const Interface& interface);
std::string mock_name(const Interface& interface);
std::string server_name(const Interface& interface);
std::string marshalling_name(const Interface& interface);
std::string twin_name(const Interface& interface);
std::string twin_client_name(const Interface& interface);
std::string twin_marshalling_name(const Interface& interface);
std::string async_name(const Method& method);

/// Members each client has beside the interface's own methods.
inline constexpr std::array<std::string_view, 2> client_members = {"with", "stub_"};

/// One more, if its interface has a twin.
inline constexpr std::string_view twin_member = "async_twin";

/// `name` as a member of the namespace the interface's generated code goes to: "home::ThermostatClient".
std::string qualify(const Interface& interface, const std::string& name);

}  // namespace farcall
