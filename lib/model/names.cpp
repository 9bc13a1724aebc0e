#include "model/names.h"

namespace farcall {
namespace {

std::string joined(const Interface& interface) {
  std::string name;
  for (const std::string& outer : interface.enclosing_classes) name += outer;
  return name + interface.name;
}

}  // namespace

std::string client_name(const Interface& interface) { return joined(interface) + "Client"; }

std::string service_name(const Interface& interface) { return joined(interface) + "Service"; }

std::string mock_name(const Interface& interface) { return joined(interface) + "Mock"; }

std::string server_name(const Interface& interface) { return joined(interface) + "Server"; }

std::string marshalling_name(const Interface& interface) { return joined(interface) + "Marshalling"; }

std::string twin_name(const Interface& interface) { return "Async" + joined(interface); }

std::string twin_client_name(const Interface& interface) { return twin_name(interface) + "Client"; }

std::string twin_marshalling_name(const Interface& interface) { return twin_name(interface) + "Marshalling"; }

std::string async_name(const Method& method) { return "async_" + method.name; }

std::string qualify(const Interface& interface, const std::string& name) {
  std::string qualified;
  for (const std::string& space : interface.namespaces) {
    qualified += (space.starts_with("inline ") ? space.substr(7) : space) + "::";
  }
  return qualified + name;
}

}  // namespace farcall
