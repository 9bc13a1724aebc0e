#include "plan/twin.h"

#include <filesystem>

#include "model/names.h"

namespace farcall {
namespace {

/// The halves are called after the name on the wire, which overloads have each their own of.
HalvesPlan plan_halves(const Interface& interface, const Method& method) {
  const std::string name = wire_name(method);
  // Two bases may both have it: then a call through the twin needs a declaration of its own to mean.
  const bool inherited = method.declared_in != interface.qualified_name && interface.twin_bases.size() == 1;
  return {.begin = "Begin_" + name, .finish = "Finish_" + name, .inherited = inherited};
}

std::filesystem::path folder_of(const std::string& header) {
  return std::filesystem::absolute(header).lexically_normal().parent_path();
}

}  // namespace

std::string plan_uuid(const Interface& interface, AttributeKind kind) {
  std::string uuid = string_argument(interface.attributes, kind).value_or("");
  for (char& c : uuid) {
    if (c >= 'A' && c <= 'F') c += 'a' - 'A';
  }
  return uuid;
}

std::optional<TwinPlan> plan_twin(const Hygiene& hygiene, const Interface& interface) {
  if (!has(interface.attributes, AttributeKind::async_uuid)) return {};
  TwinPlan twin{.name = twin_name(interface),
                .uuid = plan_uuid(interface, AttributeKind::async_uuid),
                .rooted_name = rooted(qualify(interface, twin_name(interface))),
                .client = twin_client_name(interface),
                .marshalling = twin_marshalling_name(interface),
                .rooted_marshalling = rooted(qualify(interface, twin_marshalling_name(interface)))};
  for (const TwinBase& base : interface.twin_bases)
    twin.bases.push_back((base.is_virtual ? "virtual " : "") + hygiene.type(base.twin));
  for (const Method& method : interface.methods) {
    if (is_remote(method)) twin.methods.push_back(plan_halves(interface, method));
  }
  return twin;
}

std::string include_of_base(const std::string& base_header, const std::string& header, const std::string& out_dir) {
  const std::filesystem::path base(base_header);
  std::string name = base.stem().string() + ".rpc.h";
  if (!out_dir.empty()) return name;
  const std::filesystem::path path = folder_of(base_header).lexically_relative(folder_of(header)) / name;
  return path.lexically_normal().generic_string();
}

}  // namespace farcall
