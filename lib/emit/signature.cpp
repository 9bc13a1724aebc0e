#include "emit/signature.h"

#include "emit/wrap.h"

namespace farcall {
namespace {

SignatureParameter as_declared(const ParameterPlan& parameter) {
  return {spell(parameter.passing, parameter.type), parameter.name, parameter.local, parameter.default_argument};
}

Signature as_declared(const MethodPlan& method) {
  Signature signature{.result = method.declared_result, .name = method.name};
  for (const ParameterPlan& parameter : method.parameters) signature.parameters.push_back(as_declared(parameter));
  if (const std::optional<HandlePlan>& handle = method.handle) {
    signature.parameters.insert(signature.parameters.begin() + static_cast<std::ptrdiff_t>(handle->position),
                                {spell(handle->passing, handle->type), handle->name, handle->local, ""});
  }
  signature.qualifiers = method.is_const ? " const" : "";
  return signature;
}

/// The arguments of an asynchronous call. Nothing comes back through them, so what was a T& only goes in.
std::string spell_input(const ParameterPlan& parameter) {
  if (parameter.passing != Passing::reference) return spell(parameter.passing, parameter.type);
  return parameter.cheap ? parameter.type : "const " + parameter.type + "&";
}

Signature of_inputs(const std::string& result, const std::string& name, const MethodPlan& method) {
  Signature signature{.result = result, .name = name, .qualifiers = method.is_const ? " const" : ""};
  for (const ParameterPlan& parameter : method.parameters) {
    if (!parameter.direction.in) continue;
    signature.parameters.push_back(
        {spell_input(parameter), parameter.name, parameter.local, parameter.default_argument});
  }
  return signature;
}

std::string head(const Signature& signature, const std::string& scope) {
  return signature.result + " " + scope + signature.name + "(";
}

std::string definition(const Signature& signature, const std::string& scope, const std::string& behind,
                       std::size_t indent) {
  Wrapped text{.indent = indent, .head = head(signature, scope)};
  for (const SignatureParameter& parameter : signature.parameters)
    text.parts.push_back(parameter.type + (parameter.local.empty() ? "" : " " + parameter.local));
  text.tail = ")" + behind + " {";
  return wrap(text);
}

}  // namespace

std::string spell(Passing passing, const std::string& type) {
  switch (passing) {
    case Passing::value: return type;
    case Passing::const_reference: return "const " + type + "&";
    case Passing::reference: return type + "&";
    case Passing::rvalue_reference: return type + "&&";
  }
  return type;
}

Signature client_signature(const MethodPlan& method) {
  Signature signature = as_declared(method);
  if (method.overrides && method.is_noexcept) signature.qualifiers += " noexcept";
  if (method.overrides) signature.specifiers = " override";
  return signature;
}

Signature async_signature(const MethodPlan& method) {
  const bool is_message = method.mode == Mode::message;
  return of_inputs(is_message ? "::rpc::Receipt" : "::rpc::Future<" + method.reply_type + ">", method.async_name,
                   method);
}

Signature service_signature(const MethodPlan& method) {
  Signature signature = as_declared(method);
  signature.specifiers = " = 0";
  if (method.mode == Mode::async) {
    signature.result = "::rpc::Task<" + method.reply_type + ">";
    signature.parameters.clear();
    for (const ParameterPlan& parameter : method.parameters) {
      if (parameter.direction.in) signature.parameters.push_back({parameter.type, parameter.name, parameter.local, ""});
    }
  }
  for (SignatureParameter& parameter : signature.parameters) parameter.default_argument.clear();
  return signature;
}

Signature begin_signature(const MethodPlan& method, const HalvesPlan& halves) {
  return of_inputs("::rpc::Pending", halves.begin, method);
}

Signature finish_signature(const MethodPlan& method, const HalvesPlan& halves) {
  Signature signature{.result = method.result, .name = halves.finish, .qualifiers = method.is_const ? " const" : ""};
  signature.parameters.push_back({"::rpc::Pending", "", "pending", ""});
  for (const ParameterPlan& parameter : method.parameters) {
    if (parameter.direction.out)
      signature.parameters.push_back({parameter.type + "&", parameter.name, parameter.local, ""});
  }
  return signature;
}

std::string declare(const Signature& signature, std::size_t indent, const std::string& prefix) {
  Wrapped text{.indent = indent, .head = prefix + head(signature, "")};
  for (const SignatureParameter& parameter : signature.parameters) {
    const std::string name = parameter.name.empty() ? "" : " " + parameter.name;
    const std::string value = parameter.default_argument.empty() ? "" : " = " + parameter.default_argument;
    text.parts.push_back(parameter.type + name + value);
  }
  text.tail = ")" + signature.qualifiers + signature.specifiers + ";";
  return wrap(text);
}

std::string define(const Signature& signature, const std::string& scope) {
  return definition(signature, scope + "::", signature.qualifiers, 0);
}

std::string define_inside(const Signature& signature, std::size_t indent) {
  return definition(signature, "", signature.qualifiers + signature.specifiers, indent);
}

}  // namespace farcall
