#include "net/binding.h"

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

std::optional<Error> check(const Bind& bind, const Registered* registered) {
  if (registered == nullptr) return Error(Code::unimplemented, "the server does not serve " + bind.name);
  const InterfaceInfo& info = *registered->skeleton.info;
  if (info.fingerprint == bind.fingerprint) return std::nullopt;
  return Error(Code::incompatible, "client and server were generated from different versions of " + bind.name +
                                       ": the client's fingerprint is " + hex(bind.fingerprint) + ", the server's " +
                                       hex(info.fingerprint) + "; generate both again from the same header");
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

const Error* Bindings::add(const Bind& bind, const Registered* registered) {
  if (bindings_.size() >= max_count)
    throw Error(Code::malformed, "more than 256 interfaces are bound on one connection");
  for (const Binding& other : bindings_) {
    const bool apart = bind.base >= other.base + other.methods.size() || other.base >= bind.base + bind.methods.size();
    if (!apart) throw Error(Code::malformed, "bind uses method numbers that are bound already");
  }
  Binding binding{bind.base, {}, registered, check(bind, registered), bind.name};
  if (binding.refused) {
    binding.registered = nullptr;
    binding.methods.assign(bind.methods.size(), unknown_method);
  } else {
    binding.methods = match(bind.methods, *registered->skeleton.info, unknown_method);
  }
  bindings_.push_back(std::move(binding));
  return bindings_.back().refused ? &*bindings_.back().refused : nullptr;
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
  return {binding->registered, method};
}

Error Bindings::refusal(std::uint16_t number) const {
  const Binding* binding = binding_of(number);
  if (binding == nullptr)
    return Error(Code::unimplemented, "method number " + std::to_string(number) + " was never bound");
  if (binding->refused) return *binding->refused;
  return Error(Code::unimplemented, "the server's " + binding->interface + " has no such method");
}

}  // namespace rpc::net
