#include "net/binding.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <string_view>
#include <unordered_map>

namespace rpc::net {

namespace {

std::string hex(std::uint64_t value) {
  std::array<char, 16> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, 16).ptr;
  return "0x" + std::string(digits.data(), end);
}

/// "client and server were generated from different versions of home::Thermostat (0x5d1f, 0x77a0)"
std::string versions(const InterfaceInfo& info, std::uint64_t fingerprint) {
  return std::string("client and server were generated from different versions of ") + info.name +
         ": the client's fingerprint is " + hex(fingerprint) + ", the server's " + hex(info.fingerprint);
}

std::vector<std::uint16_t> match(const std::vector<std::string>& wanted, const InterfaceInfo& info,
                                 std::uint16_t unknown) {
  std::unordered_map<std::string_view, std::uint16_t> indices;
  for (std::uint16_t i = 0; i < info.method_count; ++i) indices.emplace(info.methods[i].name, i);
  std::vector<std::uint16_t> methods;
  methods.reserve(wanted.size());
  for (const std::string& name : wanted) {
    const auto found = indices.find(name);
    methods.push_back(found == indices.end() ? unknown : found->second);
  }
  return methods;
}

}  // namespace

Bindings::Answer Bindings::add(const Bind& bind, const Registered* registered) {
  if (bindings_.size() >= max_count)
    throw Error(Code::malformed, "more than 256 interfaces are bound on one connection");
  for (const Binding& other : bindings_) {
    const bool apart = bind.base >= other.base + other.methods.size() || other.base >= bind.base + bind.methods.size();
    if (!apart) throw Error(Code::malformed, "bind uses method numbers that are bound already");
  }
  Binding& binding = bindings_.emplace_back(Binding{bind.base, {}, registered, {}, bind.fingerprint, {}});
  if (registered == nullptr) {
    binding.methods.assign(bind.methods.size(), unknown_method);
    binding.refused.emplace(Code::unimplemented, "the server does not serve " + bind.name);
    return {.refused = &*binding.refused};
  }
  const InterfaceInfo& info = *registered->skeleton.info;
  binding.methods = match(bind.methods, info, unknown_method);
  if (std::ranges::find(binding.methods, unknown_method) != binding.methods.end()) binding.wanted = bind.methods;
  return {.encoding = info.fingerprint == bind.fingerprint ? Encoding::exact : Encoding::tagged};
}

const Bindings::Binding* Bindings::binding_of(std::uint16_t number) const noexcept {
  for (const Binding& binding : bindings_) {
    if (number >= binding.base && number - binding.base < static_cast<int>(binding.methods.size())) return &binding;
  }
  return nullptr;
}

Target Bindings::find(std::uint16_t number) const noexcept {
  const Binding* binding = binding_of(number);
  if (binding == nullptr) return {};
  const std::uint16_t method = binding->methods[static_cast<std::size_t>(number - binding->base)];
  if (method == unknown_method) return {};
  const bool same_version = binding->fingerprint == binding->registered->skeleton.info->fingerprint;
  return {binding->registered, method, same_version};
}

Error Bindings::refusal(std::uint16_t number) const {
  const Binding* binding = binding_of(number);
  if (binding == nullptr)
    return Error(Code::unimplemented, "method number " + std::to_string(number) + " was never bound");
  if (binding->refused) return *binding->refused;
  const InterfaceInfo& info = *binding->registered->skeleton.info;
  const std::size_t index = number - binding->base;
  if (binding->methods[index] != unknown_method) {
    return Error(Code::incompatible,
                 versions(info, binding->fingerprint) + "; a call in the exact encoding needs the same");
  }
  return Error(Code::unimplemented, std::string("the server's ") + info.name + " has no method " +
                                        binding->wanted[index] + "; " + versions(info, binding->fingerprint));
}

}  // namespace rpc::net
