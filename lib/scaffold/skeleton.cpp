#include "scaffold/skeleton.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>

#include "emit/frame.h"
#include "emit/signature.h"
#include "emit/writer.h"
#include "model/names.h"

namespace farcall {
namespace {

/// What it is called with has no name yet, since nothing uses it: compilers would warn of each.
SignatureParameter unused(const Parameter& parameter, const Hygiene& hygiene) {
  const std::string type = spell(parameter.passing, hygiene.type(parameter.type.spelling));
  return {.type = type, .local = parameter.name.empty() ? "" : "/*" + parameter.name + "*/"};
}

Signature signature_of(const Method& method, const Hygiene& hygiene) {
  Signature signature{.result = hygiene.type(method.result_spelling), .name = method.name, .specifiers = " override"};
  for (const Parameter& each : method.parameters) signature.parameters.push_back(unused(each, hygiene));
  if (method.handle)
    signature.parameters.insert(signature.parameters.begin() + static_cast<std::ptrdiff_t>(method.handle->position),
                                unused(method.handle->parameter, hygiene));
  signature.qualifiers = std::string(method.is_const ? " const" : "") + (method.is_noexcept ? " noexcept" : "");
  return signature;
}

/// Inside its namespace: "Outer::Inner".
std::string base_name(const Interface& interface) {
  std::string name;
  for (const std::string& outer : interface.enclosing_classes) name += outer + "::";
  return name + interface.name;
}

/// Other methods of those names, which the class would hide: "using Lamp::turn;".
std::set<std::string> hidden_names(const Interface& interface, const std::vector<const Method*>& written) {
  std::set<std::string> names;
  for (const Method& method : interface.methods) {
    const bool is_written = std::ranges::find(written, &method) != written.end();
    const bool is_hidden = std::ranges::any_of(written, [&](const Method* each) { return each->name == method.name; });
    if (!is_written && is_hidden) names.insert(method.name);
  }
  return names;
}

/// "room_light_server", where the header is called room_light.h; "RoomLightServer", where it is RoomLight.h.
std::string file_stem(const std::string& class_name, const std::string& header_stem) {
  const auto is_upper = [](unsigned char each) { return std::isupper(each) != 0; };
  if (std::ranges::any_of(header_stem, is_upper)) return class_name;
  std::string stem;
  for (std::size_t at = 0; at < class_name.size(); ++at) {
    const auto letter = static_cast<unsigned char>(class_name[at]);
    const bool begins_word =
        at > 0 && is_upper(letter) &&
        (!is_upper(static_cast<unsigned char>(class_name[at - 1])) ||
         (at + 1 < class_name.size() && std::islower(static_cast<unsigned char>(class_name[at + 1]))));
    if (begins_word && !stem.ends_with('_')) stem += '_';
    stem += static_cast<char>(std::tolower(letter));
  }
  return stem;
}

std::string server_path(const Contract& contract, const Interface& interface) {
  const std::filesystem::path header = contract.header;
  return header.parent_path() / (file_stem(server_name(interface), header.stem()) + header.extension().string());
}

std::string members_of(const Interface& interface, const std::vector<const Method*>& written, const Hygiene& hygiene) {
  std::string members;
  for (const std::string& each : hidden_names(interface, written))
    members += "  using " + base_name(interface) + "::" + each + ";\n";
  for (const Method* each : written)
    members += (members.empty() ? "" : "\n") + method_to_write(*each, server_name(interface), "  ", hygiene);
  return members;
}

}  // namespace

std::vector<const Method*> pure_methods(const Interface& interface) {
  std::vector<const Method*> methods;
  for (const Method& each : interface.methods)
    if (each.virtuality == Virtual::pure) methods.push_back(&each);
  return methods;
}

std::string obstacle_to_serving(const Contract& contract, const Interface& interface) {
  const std::string name = qualify(interface, server_name(interface));
  if (pure_methods(interface).empty())
    return "'" + interface.qualified_name + "' has no pure methods, so an object of it can be served as it is";
  if (std::ranges::binary_search(contract.types_in_scope, name)) return "'" + name + "' exists";
  return {};
}

std::string method_to_write(const Method& method, const std::string& class_name, const std::string& indent,
                            const Hygiene& hygiene) {
  const std::string standard = hygiene.type("std::string").starts_with("::") ? "::std" : "std";
  const std::string error = standard + "::logic_error(\"" + class_name + "::" + method.name + " is not implemented\")";
  const std::string body = method.is_noexcept ? standard + "::terminate()" : "throw " + error;
  return indent + define_inside(signature_of(method, hygiene), indent.size()) + "\n" + indent + "  " + body + ";\n" +
         indent + "}\n";
}

GeneratedFile server_class(const Contract& contract, const Interface& interface) {
  const Hygiene hygiene(contract);
  const std::string name = server_name(interface);
  const std::vector<const Method*> written = pure_methods(interface);
  Writer w;
  const bool ends = std::ranges::any_of(written, &Method::is_noexcept);
  const bool throws = !std::ranges::all_of(written, &Method::is_noexcept);
  w.emit({{"exception", ends ? "#include <exception>" : ""},
          {"stdexcept", throws ? "#include <stdexcept>" : ""},
          {"header", std::filesystem::path(contract.header).filename().string()},
          {"quiet", begin_quiet(contract.names_deprecated)},
          {"open", open_namespaces(interface.namespaces)},
          {"interface", interface.qualified_name},
          {"base", base_name(interface)},
          {"qualified", qualify(interface, name)},
          {"name", name},
          {"members", members_of(interface, written, hygiene)},
          {"close", (interface.namespaces.empty() ? "" : "\n") + close_namespaces(interface.namespaces)}},
         R"cc(
    #pragma once

    $exception$
    $stdexcept$

    #include "$header$"

    $quiet$

    $open$

    /// Serves $interface$: server.serve<$interface$>(std::make_shared<$qualified$>());
    class $name$ final : public $base$ {
     public:
    $members$
    };
    $close$
  )cc");
  return {server_path(contract, interface), w.take() + end_quiet(contract.names_deprecated)};
}

}  // namespace farcall
